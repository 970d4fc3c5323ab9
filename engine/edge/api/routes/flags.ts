import {
  archivedInput,
  archiveProposal,
  type DescribedFlag,
  describedFlag,
  flagChange,
  flagChangeQuery,
  flagDefinition,
  flagdDocument,
  flagExplanation,
  flagPreview,
  flagUsage,
  flagView,
  importFlagsInput,
  importPlan,
  rolloutInput,
  rolloutView,
  switchedInput,
  usageQuery,
} from "../../../../contract/flags.ts";
import { pageOf } from "../../../../contract/page.ts";
import { GraftError } from "../../../core/index.ts";
import { defineRoute, listOf, reply } from "../define-route.ts";
import type { ApiEngine } from "../types.ts";

const administrator = { role: "administrator" } as const;

export const flagRoutes = [
  defineRoute("GET", "/flags", {
    role: "operator",
    summary: "Every flag: what modules declare and administrators make",
    answer: pageOf(flagView),
    handle: ({ engine }) => listOf(engine.flags.features.list()),
  }),
  defineRoute("PUT", "/flags", {
    ...administrator,
    summary: "Write several flags from a flagd document, all or none; flags it does not name stay",
    body: flagdDocument,
    answer: pageOf(flagView),
    async handle({ engine, actor, body }) {
      const { features } = engine.flags;
      const { flags, evaluators } = features.readDocument(body);
      return listOf(await features.save(actor, flags, { evaluators }));
    },
  }),
  defineRoute("GET", "/flag-definitions", {
    role: "operator",
    summary: "Every flag as one flagd document, which flagd can sync from",
    answer: flagdDocument,
    handle: ({ engine }) => engine.flags.features.exportDocument(),
  }),
  defineRoute("POST", "/flag-definitions/preview", {
    ...administrator,
    summary: "What writing a flagd document would do, or what is wrong with it, by line; nothing is written",
    body: importFlagsInput,
    answer: importPlan,
    handle: ({ engine, body }) => engine.flags.features.planImport(body.text),
  }),
  defineRoute("GET", "/flags/{flag}", {
    role: "operator",
    summary: "One flag with its definition",
    answer: flagView,
    handle: ({ engine, params }) => requireFlag(engine, params.flag),
  }),
  defineRoute("PUT", "/flags/{flag}", {
    ...administrator,
    summary: "Make or replace a flag; on every host at once",
    body: describedFlag,
    answer: flagView,
    async handle({ engine, actor, params, body }) {
      const made = engine.flags.features.get(params.flag) === null;
      const [saved] = await engine.flags.features.save(actor, { [params.flag]: toInput(body) });
      return reply(made ? 201 : 200, saved);
    },
  }),
  defineRoute("DELETE", "/flags/{flag}", {
    ...administrator,
    summary: "Remove a flag; a module's goes back to what the module declares",
    status: 204,
    handle: ({ engine, actor, params }) => engine.flags.features.remove(actor, params.flag),
  }),
  defineRoute("PUT", "/flags/{flag}/switch", {
    ...administrator,
    summary: "The kill switch: off gives everybody the value in the code, on every host at once",
    body: switchedInput,
    answer: flagView,
    handle: ({ engine, actor, params, body }) => engine.flags.features.switch(actor, params.flag, body.on),
  }),
  defineRoute("PUT", "/flags/{flag}/archived", {
    ...administrator,
    summary: "Take a flag out of use, or into it again; out of use it gives everyone the default",
    body: archivedInput,
    answer: flagView,
    async handle({ engine, actor, params, body }) {
      await engine.flags.features.archive(actor, [params.flag], body.archived);
      return requireFlag(engine, params.flag);
    },
  }),
  defineRoute("POST", "/flags/{flag}/rollout", {
    ...administrator,
    summary: "Hold a flag's roll-out, continue it, or begin its next step now",
    body: rolloutInput,
    answer: rolloutView,
    handle: ({ engine, actor, params, body }) =>
      engine.flags.features.rollout(actor, params.flag, body.action),
  }),
  defineRoute("GET", "/flags/{flag}/usage", {
    role: "operator",
    summary: "How often a flag was asked for by its name, and sent along with others",
    query: usageQuery,
    answer: flagUsage,
    handle: ({ engine, params, query }) =>
      engine.flags.features.usage(requireFlag(engine, params.flag).key, query.days),
  }),
  defineRoute("GET", "/flag-archive-proposals", {
    role: "operator",
    summary: "Flags that could go, with the evidence",
    query: usageQuery,
    answer: pageOf(archiveProposal),
    handle: async ({ engine, query }) => listOf(await engine.flags.features.archiveProposals(query.days)),
  }),
  defineRoute("POST", "/flags/{flag}/preview", {
    ...administrator,
    summary: "Who would gain or lose with this definition; nothing is written",
    body: flagDefinition,
    answer: flagPreview,
    handle: ({ engine, params, body }) => engine.flags.features.preview(params.flag, body),
  }),
  defineRoute("GET", "/flags/{flag}/users/{user}", {
    ...administrator,
    summary: "What one user gets, by which rule, and what would change it",
    answer: flagExplanation,
    handle: ({ engine, params }) =>
      engine.flags.features.explain(params.flag, requireIdentity(engine, params.user)),
  }),
  defineRoute("POST", "/flags/{flag}/users/{user}/preview", {
    ...administrator,
    summary: "What one user would get with this definition, and by which rule; nothing is written",
    body: flagDefinition,
    answer: flagExplanation,
    handle: ({ engine, params, body }) =>
      engine.flags.features.explain(params.flag, requireIdentity(engine, params.user), { proposed: body }),
  }),
  defineRoute("GET", "/flag-changes", {
    role: "operator",
    summary: "What was changed of one flag or of all, newest first",
    query: flagChangeQuery,
    answer: pageOf(flagChange),
    handle: ({ engine, query }) => engine.flags.features.history(query),
  }),
  defineRoute("POST", "/flag-changes/{id}/undo", {
    ...administrator,
    summary: "Put back what stood before this change",
    status: 204,
    async handle({ engine, actor, params }) {
      await engine.flags.features.undo(actor, params.id);
    },
  }),
];

function requireFlag(engine: ApiEngine, key: string) {
  const flag = engine.flags.features.get(key);
  if (flag === null) throw new GraftError("NOT_FOUND", `There is no flag ${key}.`);
  return flag;
}

function requireIdentity(engine: ApiEngine, userId: string) {
  const identity = engine.access.directory.identity(userId);
  if (identity === null) throw new GraftError("NOT_FOUND", "This user does not exist.");
  return identity;
}

function toInput({ description, ...definition }: DescribedFlag) {
  return {
    definition,
    ...(description === undefined ? {} : { description }),
  };
}
