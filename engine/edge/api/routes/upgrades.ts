import { z } from "zod";
import { limit, pageOf } from "../../../../contract/page.ts";
import type { PolicyView, RunView, Update } from "../../../change/upgrades/index.ts";
import { defineRoute, listOf, reply } from "../define-route.ts";
import * as view from "../views.ts";

const time = z.string().meta({ format: "date-time" });
const update = z.object({
  module: z.string(),
  title: z.string(),
  icon: z.string().nullable(),
  digest: z.string(),
  from: z.string(),
  to: z.string(),
  level: z.enum(["patch", "minor", "major"]),
  excluded: z.boolean(),
  changelog: z.array(z.object({ version: z.string(), text: z.string() })),
}) satisfies z.ZodType<Update>;

const policyInput = z.strictObject({
  enabled: z.boolean(),
  level: z.enum(["patch", "minor"]),
  /** Days on which a window begins. */
  days: z.array(z.enum(["sun", "mon", "tue", "wed", "thu", "fri", "sat"])),
  /** HH:MM by the clocks of `timeZone`; `to` not after `from`: on the next day. */
  from: z.string().max(5),
  to: z.string().max(5),
  timeZone: z.string().max(60),
  /** Modules that are left alone. */
  excluded: z.array(z.string().max(60)).max(500).default([]),
});
const window = z.object({ start: time, end: time });
const policy = policyInput.extend({
  updatedAt: time.nullable(),
  updatedBy: z.string().nullable(),
  open: window.nullable(),
  next: window.nullable(),
}) satisfies z.ZodType<PolicyView>;
const run = z.object({
  window,
  startedAt: time,
  finishedAt: time.nullable(),
  items: z.array(
    z.object({
      module: z.string(),
      title: z.string(),
      from: z.string(),
      to: z.string(),
      outcome: z.enum(["upgraded", "failed", "reverted", "left-out"]),
      reason: z.string().nullable(),
      operationId: z.string().nullable(),
      at: time,
    }),
  ),
}) satisfies z.ZodType<RunView>;

/** What is outdated, one plan for all of it, and upgrades that happen by themselves. */
export const upgradeRoutes = [
  defineRoute("GET", "/upgrades", {
    summary: "Installed modules of which a catalog offers a newer version",
    role: "operator",
    answer: pageOf(update),
    handle: async ({ engine }) => listOf(await engine.upgrades.available()),
  }),
  defineRoute("POST", "/upgrades", {
    summary: "One plan that upgrades everything, or the modules named; `leftOut` says what cannot come along",
    role: "operator",
    body: z.strictObject({ modules: z.array(z.string().max(60)).min(1).max(500).optional() }),
    status: 201,
    answer: view.plan,
    async handle({ engine, actor, body, baseUrl }) {
      const plan = await engine.upgrades.plan(actor, body.modules);
      return reply(201, plan, { location: `${baseUrl}/api/v1/graft/plans/${plan.id}` });
    },
  }),
  defineRoute("GET", "/upgrades/automatic", {
    summary: "When automatic upgrades may happen, which, and the next window",
    role: "operator",
    answer: policy,
    handle: ({ engine }) => engine.upgrades.policy(),
  }),
  defineRoute("PUT", "/upgrades/automatic", {
    summary: "Set the window, the level and what is left alone; effective at once",
    role: "administrator",
    body: policyInput,
    answer: policy,
    handle: ({ engine, actor, body }) => engine.upgrades.setPolicy(actor, body),
  }),
  defineRoute("GET", "/upgrades/automatic/runs", {
    summary: "What automatic upgrades did, by window, newest first",
    role: "operator",
    query: z.object({ limit }),
    answer: pageOf(run),
    handle: async ({ engine, query }) => listOf(await engine.upgrades.runs(query.limit)),
  }),
  defineRoute("PUT", "/modules/{module}/automatic-upgrades", {
    summary: "Whether automatic upgrades take this module along",
    role: "administrator",
    body: z.strictObject({ enabled: z.boolean() }),
    answer: policy,
    handle: ({ engine, actor, params, body }) =>
      engine.upgrades.setExcluded(actor, params.module, !body.enabled),
  }),
];
