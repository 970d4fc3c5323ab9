import { z } from "zod";
import type { Expired, RetentionView } from "../../../change/retained/index.ts";
import { defineRoute } from "../define-route.ts";
import * as view from "../views.ts";

const time = z.string().meta({ format: "date-time" });
const policyInput = z.strictObject({
  /** The newest of each module stay. */
  snapshotsPerModule: z.int(),
  /** Null: for ever. */
  snapshotDays: z.int().nullable(),
  /** Of what uninstalled modules left; null: for ever. */
  keptDays: z.int().nullable(),
});
const policy = policyInput.extend({
  updatedAt: time.nullable(),
  updatedBy: z.string().nullable(),
  appliedAt: time.nullable(),
}) satisfies z.ZodType<RetentionView>;
const expired = z.object({ items: z.array(view.keptData), bytes: z.number() }) satisfies z.ZodType<Expired>;

/** How long snapshots and kept data stay. */
export const retentionRoutes = [
  defineRoute("GET", "/kept-data/retention", {
    summary: "How long snapshots and kept data stay; null: for ever",
    role: "operator",
    answer: policy,
    handle: ({ engine }) => engine.install.retention.get(),
  }),
  defineRoute("POST", "/kept-data/retention/preview", {
    summary: "What would go with these settings now; nothing is changed",
    role: "operator",
    body: policyInput,
    answer: expired,
    handle: ({ engine, body }) => engine.install.retention.preview(body),
  }),
  defineRoute("PUT", "/kept-data/retention", {
    summary:
      "Set how long snapshots and kept data stay, and delete what is beyond it. `removed` is null while a change is going on: it is applied soon after",
    role: "administrator",
    body: policyInput,
    answer: z.object({ policy, removed: expired.nullable() }),
    handle: ({ engine, actor, body }) => engine.install.retention.set(actor, body),
  }),
];
