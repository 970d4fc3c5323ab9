import { expired, retentionAnswer, retentionInput, retentionView } from "../../../../contract/kept-data.ts";
import { defineRoute } from "../define-route.ts";

/** How long snapshots and kept data stay. */
export const retentionRoutes = [
  defineRoute("GET", "/kept-data/retention", {
    summary: "How long snapshots and kept data stay; null: for ever",
    role: "operator",
    answer: retentionView,
    handle: ({ engine }) => engine.install.retention.get(),
  }),
  defineRoute("POST", "/kept-data/retention/preview", {
    summary: "What would go with these settings now; nothing is changed",
    role: "operator",
    body: retentionInput,
    answer: expired,
    handle: ({ engine, body }) => engine.install.retention.preview(body),
  }),
  defineRoute("PUT", "/kept-data/retention", {
    summary:
      "Set how long snapshots and kept data stay, and delete what is beyond it. `removed` is null while a change is going on: it is applied soon after",
    role: "administrator",
    body: retentionInput,
    answer: retentionAnswer,
    handle: ({ engine, actor, body }) => engine.install.retention.set(actor, body),
  }),
];
