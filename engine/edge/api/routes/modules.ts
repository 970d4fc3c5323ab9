import { healthQuery, moduleHealthView } from "../../../../contract/health.ts";
import { logLine, logQuery } from "../../../../contract/logs.ts";
import {
  moduleConfig,
  moduleConfigInput,
  moduleDetailView,
  moduleView,
  timeLimitInput,
} from "../../../../contract/modules.ts";
import { pageOf } from "../../../../contract/page.ts";
import { requireInstalled } from "../../../supply/installed/index.ts";
import { defineRoute, eventStream, listOf } from "../define-route.ts";
import { moduleDetail, moduleState, moduleSummary } from "../describe-module.ts";
import { followLog } from "../follow-log.ts";
import type { ApiEngine } from "../types.ts";

export const moduleRoutes = [
  defineRoute("GET", "/modules", {
    summary: "What is installed",
    role: "operator",
    answer: pageOf(moduleView),
    handle: ({ engine }) => listOf(engine.registry.list().map((module) => moduleSummary(engine, module))),
  }),
  defineRoute("GET", "/modules/{module}", {
    summary: "One installed module with its manifest, widgets and health",
    role: "operator",
    answer: moduleDetailView,
    handle: ({ engine, params }) => moduleDetail(engine, requireInstalled(engine.registry, params.module)),
  }),
  defineRoute("POST", "/modules/{module}/restart", {
    summary: "A fresh process of the same version; leaves quarantine",
    role: "operator",
    answer: moduleView,
    handle: async ({ engine, actor, params }) =>
      moduleSummary(engine, await engine.install.restart(actor, params.module)),
  }),
  defineRoute("PUT", "/modules/{module}/time-limit", {
    summary:
      "How long the gateway waits for its answers, whatever its manifest says; null: as the manifest says again",
    role: "administrator",
    body: timeLimitInput,
    answer: moduleView,
    handle: async ({ engine, actor, params, body }) =>
      moduleSummary(engine, await engine.install.setTimeLimit(actor, params.module, body.timeoutMs)),
  }),
  defineRoute("GET", "/modules/{module}/config", {
    summary: "Its settings; a secret that is set shows as ••••",
    role: "operator",
    answer: moduleConfig,
    handle: ({ engine, params }) => engine.install.configOf(requireInstalled(engine.registry, params.module)),
  }),
  defineRoute("PUT", "/modules/{module}/config", {
    summary: "New settings, as its manifest's schema wants them; a secret sent as •••• is kept",
    role: "administrator",
    body: moduleConfigInput,
    answer: moduleConfig,
    handle: async ({ engine, actor, params, body }) =>
      engine.install.configOf(await engine.install.configure(actor, params.module, body)),
  }),
  defineRoute("GET", "/modules/{module}/health", {
    summary: "How the module is, its last day and what happened",
    role: "operator",
    query: healthQuery,
    answer: moduleHealthView,
    async handle({ engine, params, query }) {
      const module = requireInstalled(engine.registry, params.module);
      const options = { hours: query.hours ?? 24, buckets: query.buckets ?? 96 };
      const [history, events] = await Promise.all([
        engine.health.history(module.name, options),
        engine.health.events({ module: module.name, limit: 50 }),
      ]);
      const now = engine.health.now(module.name) ?? unknownHealth(engine, module.name);
      return { ...now, uptime: history.uptime, points: history.points, events };
    },
  }),
  defineRoute("GET", "/modules/{module}/logs", {
    summary: "The newest lines, oldest first; as server-sent events it goes on with new ones",
    role: "operator",
    query: logQuery,
    answer: pageOf(logLine),
    events: { message: logLine },
    handle({ engine, params, query, wantsEvents, signal }) {
      const { name } = requireInstalled(engine.registry, params.module);
      if (wantsEvents)
        return eventStream(followLog(engine.runtime, { module: name, limit: query.limit }, signal));
      return listOf(engine.runtime.logs(name, query.limit));
    },
  }),
];

function unknownHealth(engine: ApiEngine, name: string) {
  const module = requireInstalled(engine.registry, name);
  const state = moduleState(engine, module);
  const none = { latencyMs: null, message: null, rssMb: null, restarts: 0, pid: null };
  return { module: name, state, since: module.updatedAt, ...none };
}
