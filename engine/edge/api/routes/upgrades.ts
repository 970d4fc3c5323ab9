import { z } from "zod";
import { limit, pageOf } from "../../../../contract/page.ts";
import { planView } from "../../../../contract/plan.ts";
import {
  automaticInput,
  policyInput,
  policyView,
  runView,
  updatesView,
  upgradesInput,
} from "../../../../contract/upgrades.ts";
import { defineRoute, listOf, reply } from "../define-route.ts";

/** What is outdated, one plan for all of it, and upgrades that happen by themselves. */
export const upgradeRoutes = [
  defineRoute("GET", "/upgrades", {
    summary:
      "Installed modules of which a catalog offers a newer version that this host can run; `unsupported`: what a newer Graft would bring",
    role: "operator",
    answer: updatesView,
    async handle({ engine: { upgrades } }) {
      const [items, unsupported] = await Promise.all([upgrades.available(), upgrades.unsupported()]);
      return { ...listOf(items), unsupported };
    },
  }),
  defineRoute("POST", "/upgrades", {
    summary: "One plan that upgrades everything, or the modules named; `leftOut` says what cannot come along",
    role: "operator",
    body: upgradesInput,
    status: 201,
    answer: planView,
    async handle({ engine, actor, body, baseUrl }) {
      const plan = await engine.upgrades.plan(actor, body.modules);
      return reply(201, plan, { location: `${baseUrl}/api/v1/graft/plans/${plan.id}` });
    },
  }),
  defineRoute("GET", "/upgrades/automatic", {
    summary: "When automatic upgrades may happen, which, and the next window",
    role: "operator",
    answer: policyView,
    handle: ({ engine }) => engine.upgrades.policy(),
  }),
  defineRoute("PUT", "/upgrades/automatic", {
    summary: "Set the window, the level and what is left alone; effective at once",
    role: "administrator",
    body: policyInput,
    answer: policyView,
    handle: ({ engine, actor, body }) => engine.upgrades.setPolicy(actor, body),
  }),
  defineRoute("GET", "/upgrades/automatic/runs", {
    summary: "What automatic upgrades did, by window, newest first",
    role: "operator",
    query: z.object({ limit }),
    answer: pageOf(runView),
    handle: async ({ engine, query }) => listOf(await engine.upgrades.runs(query.limit)),
  }),
  defineRoute("PUT", "/modules/{module}/automatic-upgrades", {
    summary: "Whether automatic upgrades take this module along",
    role: "administrator",
    body: automaticInput,
    answer: policyView,
    handle: ({ engine, actor, params, body }) =>
      engine.upgrades.setExcluded(actor, params.module, !body.enabled),
  }),
];
