import { rolloutInput, rolloutView } from "../../../../contract/flags.ts";
import { defineRoute } from "../define-route.ts";
import { installedModule } from "../describe-module.ts";

const options = {
  role: "administrator",
  body: rolloutInput,
  answer: rolloutView,
} as const;

/** Roll-outs in steps: held at the percentage of the moment, continued, or at their next step now. */
export const rolloutRoutes = [
  defineRoute("POST", "/flags/{flag}/rollout", {
    ...options,
    summary: "Hold a flag's roll-out, continue it, or begin its next step now",
    handle: ({ engine, actor, params, body }) =>
      engine.flags.features.rollout(actor, params.flag, body.action),
  }),
  defineRoute("POST", "/modules/{module}/access/rollout", {
    ...options,
    summary: "Hold the roll-out of a module, continue it, or begin its next step now",
    async handle({ engine, actor, params, body }) {
      const { name } = installedModule(engine, params.module);
      const { changeId } = await engine.flags.rolloutAccess(actor, name, body.action);
      return { changeId };
    },
  }),
  defineRoute("POST", "/modules/{module}/widgets/{widget}/access/rollout", {
    ...options,
    summary: "Hold the roll-out of one widget, continue it, or begin its next step now",
    async handle({ engine, actor, params, body }) {
      const target = `${params.module}/${params.widget}`;
      const { changeId } = await engine.flags.rolloutAccess(actor, target, body.action);
      return { changeId };
    },
  }),
];
