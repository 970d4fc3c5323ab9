import { z } from "zod";
import { pageOf, pageQuery } from "../../../../contract/page.ts";
import type { OperationView } from "../../../change/operations/index.ts";
import { defineRoute, eventStream, reply } from "../define-route.ts";
import { planChange } from "../schemas.ts";
import type { ServerEvent } from "../types.ts";
import * as view from "../views.ts";

const planBody = z.strictObject({ changes: z.array(planChange).min(1).max(50) });
const operationBody = z.strictObject({
  plan: z.uuid(),
  /** Names of the modules whose data the plan deletes, as a person typed them. */
  confirm: z.array(z.string()).optional(),
  /** Names of the modules whose new permissions are accepted. */
  consent: z.array(z.string()).optional(),
});

/** Plans, the operations that apply them, and the generations these make. */
export const changeRoutes = [
  defineRoute("POST", "/plans", {
    summary: "What would change; nothing does",
    role: "operator",
    body: planBody,
    status: 201,
    answer: view.plan,
    async handle({ engine, actor, body, baseUrl }) {
      const plan = await engine.plans.create(actor, body.changes);
      return reply(201, plan, { location: `${baseUrl}/api/v1/graft/plans/${plan.id}` });
    },
  }),
  defineRoute("GET", "/plans/{id}", {
    summary: "One plan; `stale` once something else changed or it was applied",
    role: "operator",
    answer: view.plan,
    handle: ({ engine, params }) => engine.plans.get(params.id),
  }),
  defineRoute("POST", "/operations", {
    summary: "Apply a plan; watch it at the address in Location",
    role: "operator",
    body: operationBody,
    status: 202,
    answer: view.operation,
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
    answer: pageOf(view.operation),
    handle: ({ engine, query }) => engine.install.operations.list(query),
  }),
  defineRoute("GET", "/operations/{id}", {
    summary: "One operation; as server-sent events each change of it until it ends",
    role: "operator",
    answer: view.operation,
    events: "also",
    async handle({ engine, params, wantsEvents, signal }) {
      const present = await engine.install.operations.get(params.id);
      return wantsEvents ? eventStream(watch(engine.install.operations.watch(present.id, signal))) : present;
    },
  }),
  defineRoute("GET", "/generations", {
    summary: "Every set of modules there was and what it changed, newest first",
    role: "operator",
    query: pageQuery,
    answer: pageOf(view.generation),
    handle: ({ engine, query }) => engine.install.generations.list(query),
  }),
  defineRoute("GET", "/generations/{number}", {
    summary: "Number, time, who, why, modules by digest, changes against the one before",
    role: "operator",
    answer: view.generation,
    handle: ({ engine, params }) => engine.install.generations.get(Number(params.number)),
  }),
  defineRoute("GET", "/generations/{number}/difference/{other}", {
    summary: "What the other holds otherwise: modules, access, settings (no secrets) and migrations between",
    role: "operator",
    answer: view.generationDifference,
    handle: ({ engine, params }) =>
      engine.install.generations.difference(Number(params.number), Number(params.other)),
  }),
];

async function* watch(views: AsyncIterable<OperationView>): AsyncGenerator<ServerEvent> {
  for await (const data of views) yield { data };
}
