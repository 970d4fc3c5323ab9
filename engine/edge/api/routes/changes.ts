import { generationDifference, generationView } from "../../../../contract/generation.ts";
import { operationEvents, operationInput, operationView } from "../../../../contract/operation.ts";
import { pageOf, pageQuery } from "../../../../contract/page.ts";
import { planView } from "../../../../contract/plan.ts";
import { planInput } from "../../../../contract/plan-change.ts";
import type { OperationView } from "../../../change/operations/index.ts";
import { defineRoute, eventStream, reply } from "../define-route.ts";
import type { ServerEvent } from "../types.ts";

/** Plans, the operations that apply them, and the generations these make. */
export const changeRoutes = [
  defineRoute("POST", "/plans", {
    summary: "What would change; nothing does",
    role: "operator",
    body: planInput,
    status: 201,
    answer: planView,
    async handle({ engine, actor, body, baseUrl }) {
      const plan = await engine.plans.create(actor, body.changes, { from: body.from });
      return reply(201, plan, { location: `${baseUrl}/api/v1/graft/plans/${plan.id}` });
    },
  }),
  defineRoute("GET", "/plans/{id}", {
    summary: "One plan; `stale` once something else changed or it was applied",
    role: "operator",
    answer: planView,
    handle: ({ engine, params }) => engine.plans.get(params.id),
  }),
  defineRoute("POST", "/operations", {
    summary: "Apply a plan; watch it at the address in Location",
    role: "operator",
    body: operationInput,
    status: 202,
    answer: operationView,
    async handle({ engine, actor, body, baseUrl }) {
      const { plan, confirm, consent } = body;
      const operation = await engine.install.operations.apply(actor, plan, { confirm, consent });
      return reply(202, operation, { location: `${baseUrl}/api/v1/graft/operations/${operation.id}` });
    },
  }),
  defineRoute("GET", "/operations", {
    summary: "Operations, newest first",
    role: "operator",
    query: pageQuery,
    answer: pageOf(operationView),
    handle: ({ engine, query }) => engine.install.operations.list(query),
  }),
  defineRoute("GET", "/operations/{id}", {
    summary: "One operation; as server-sent events each change of it until it ends",
    role: "operator",
    answer: operationView,
    events: operationEvents,
    async handle({ engine, params, wantsEvents, signal }) {
      const present = await engine.install.operations.get(params.id);
      return wantsEvents ? eventStream(watch(engine.install.operations.watch(present.id, signal))) : present;
    },
  }),
  defineRoute("DELETE", "/operations/{id}", {
    summary: "Cancel one that is not decided yet: it fails, and nothing was changed",
    role: "operator",
    status: 202,
    answer: operationView,
    handle: ({ engine, actor, params }) => engine.install.operations.cancel(actor, params.id),
  }),
  defineRoute("GET", "/generations", {
    summary: "Every set of modules there was and what it changed, newest first",
    role: "operator",
    query: pageQuery,
    answer: pageOf(generationView),
    handle: ({ engine, query }) => engine.install.generations.list(query),
  }),
  defineRoute("GET", "/generations/{number}", {
    summary: "Number, time, who, why, modules by digest, changes against the one before",
    role: "operator",
    answer: generationView,
    handle: ({ engine, params }) => engine.install.generations.get(Number(params.number)),
  }),
  defineRoute("GET", "/generations/{number}/difference/{other}", {
    summary: "What the other holds otherwise: modules, access, settings (no secrets) and migrations between",
    role: "operator",
    answer: generationDifference,
    handle: ({ engine, params }) =>
      engine.install.generations.difference(Number(params.number), Number(params.other)),
  }),
];

async function* watch(views: AsyncIterable<OperationView>): AsyncGenerator<ServerEvent> {
  for await (const data of views) yield { data };
}
