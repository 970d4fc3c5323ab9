import {
  experimentInput,
  experimentResults,
  experimentView,
  goalReportInput,
  goalReportView,
  goalSource,
  useReportInput,
  variantInput,
} from "../../../../contract/experiments.ts";
import { flagPreview } from "../../../../contract/flags.ts";
import { pageOf } from "../../../../contract/page.ts";
import { callingUser } from "../calling-user.ts";
import { defineRoute, listOf, reply } from "../define-route.ts";

const administrator = { role: "administrator" } as const;
const operator = { role: "operator" } as const;

export const experimentRoutes = [
  defineRoute("GET", "/experiments", {
    ...operator,
    summary: "Every experiment, newest first",
    answer: pageOf(experimentView),
    handle: async ({ engine }) => listOf(await engine.experiments.list()),
  }),
  defineRoute("POST", "/experiments", {
    ...administrator,
    summary: "Make an experiment on a flag; a draft until it is started",
    body: experimentInput,
    status: 201,
    answer: experimentView,
    handle: async ({ engine, actor, body }) => reply(201, await engine.experiments.create(actor, body)),
  }),
  defineRoute("GET", "/experiment-goals", {
    ...operator,
    summary: "What installed modules report that experiments can be judged by",
    answer: pageOf(goalSource),
    handle: ({ engine }) => listOf(engine.experiments.goals()),
  }),
  defineRoute("GET", "/experiments/{id}", {
    ...operator,
    summary: "One experiment",
    answer: experimentView,
    handle: ({ engine, params }) => engine.experiments.get(params.id),
  }),
  defineRoute("PUT", "/experiments/{id}", {
    ...administrator,
    summary: "Change a draft",
    body: experimentInput,
    answer: experimentView,
    handle: ({ engine, actor, params, body }) => engine.experiments.update(actor, params.id, body),
  }),
  defineRoute("DELETE", "/experiments/{id}", {
    ...administrator,
    summary: "Delete an experiment that does not run, with its figures",
    status: 204,
    handle: ({ engine, actor, params }) => engine.experiments.remove(actor, params.id),
  }),
  defineRoute("GET", "/experiments/{id}/results", {
    ...operator,
    summary: "Figures with always-valid intervals, the verdict, and whether the shares are as they should be",
    answer: experimentResults,
    handle: ({ engine, params }) => engine.experiments.results(params.id),
  }),
  defineRoute("POST", "/experiments/{id}/start/preview", {
    ...administrator,
    summary: "Who would get something else once it runs; nothing is written",
    answer: flagPreview,
    handle: ({ engine, params }) => engine.experiments.previewStart(params.id),
  }),
  defineRoute("POST", "/experiments/{id}/start", {
    ...administrator,
    summary: "Put the split before the flag's rules, which nobody can change until the end",
    answer: experimentView,
    handle: ({ engine, actor, params }) => engine.experiments.start(actor, params.id),
  }),
  defineRoute("POST", "/experiments/{id}/stop", {
    ...administrator,
    summary: "End it; the flag is again what it was",
    answer: experimentView,
    handle: ({ engine, actor, params }) => engine.experiments.stop(actor, params.id),
  }),
  defineRoute("POST", "/experiments/{id}/roll-out/preview", {
    ...administrator,
    summary: "Who would gain or lose if everyone in the audience got this variant; nothing is written",
    body: variantInput,
    answer: flagPreview,
    handle: ({ engine, params, body }) => engine.experiments.previewRollOut(params.id, body.variant),
  }),
  defineRoute("POST", "/experiments/{id}/roll-out", {
    ...administrator,
    summary: "Give everyone in the audience this variant, and end the experiment",
    body: variantInput,
    answer: experimentView,
    handle: ({ engine, actor, params, body }) => engine.experiments.rollOut(actor, params.id, body.variant),
  }),
  defineRoute("POST", "/experiments/{id}/roll-out/undo", {
    ...administrator,
    summary: "Put the flag back as it was before the experiment",
    answer: experimentView,
    handle: ({ engine, actor, params }) => engine.experiments.undoRollOut(actor, params.id),
  }),
  defineRoute("POST", "/me/exposures", {
    role: "member",
    summary: "Code used the value of a module's flag for you",
    body: useReportInput,
    status: 204,
    handle({ engine, body: { module, ...report }, ...call }) {
      engine.experiments.reportUse(callingUser(call, "part in experiments"), module, report);
    },
  }),
  defineRoute("POST", "/me/goals", {
    role: "member",
    summary: "You reached a goal that a module declares",
    body: goalReportInput,
    answer: goalReportView,
    handle: ({ engine, body: { module, ...report }, ...call }) =>
      engine.experiments.reportGoal(callingUser(call, "part in experiments"), module, report),
  }),
];
