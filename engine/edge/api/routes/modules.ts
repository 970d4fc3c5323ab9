import { accessSetting, accessSettingInput } from "../../../../contract/access.ts";
import { decisionView, holdersQuery, holdersView } from "../../../../contract/decisions.ts";
import { flagPreview } from "../../../../contract/flags.ts";
import { healthQuery, moduleHealthView } from "../../../../contract/health.ts";
import { logLine, logQuery } from "../../../../contract/logs.ts";
import {
  moduleConfig,
  moduleConfigInput,
  moduleDetailView,
  moduleView,
  widgetAccessView,
} from "../../../../contract/modules.ts";
import { pageOf } from "../../../../contract/page.ts";
import { GraftError } from "../../../core/index.ts";
import { defineRoute, eventStream, listOf } from "../define-route.ts";
import {
  accessOf,
  installedModule,
  moduleDetail,
  moduleState,
  moduleSummary,
  widgetAccess,
} from "../describe-module.ts";
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
    handle: ({ engine, params }) => moduleDetail(engine, installedModule(engine, params.module)),
  }),
  defineRoute("POST", "/modules/{module}/restart", {
    summary: "A fresh process of the same version; leaves quarantine",
    role: "operator",
    answer: moduleView,
    async handle({ engine, actor, params }) {
      const module = installedModule(engine, params.module);
      if (module.manifest.runtime === undefined) {
        throw new GraftError("CONFLICT", `${module.title} has no process that could be restarted.`);
      }
      await engine.runtime.restart(module.name);
      const target = module.name;
      await engine.access.audit.record(actor, {
        action: "module.restart",
        target,
        summary: `Restarted ${module.title}`,
      });
      return { ...moduleSummary(engine, module), state: moduleState(engine, module) };
    },
  }),
  defineRoute("GET", "/modules/{module}/config", {
    summary: "Its settings; a secret that is set shows as ••••",
    role: "operator",
    answer: moduleConfig,
    handle: ({ engine, params }) => engine.install.configOf(installedModule(engine, params.module)),
  }),
  defineRoute("PUT", "/modules/{module}/config", {
    summary: "New settings, as its manifest's schema wants them; a secret sent as •••• is kept",
    role: "administrator",
    body: moduleConfigInput,
    answer: moduleConfig,
    handle: async ({ engine, actor, params, body }) =>
      engine.install.configOf(await engine.install.configure(actor, params.module, body)),
  }),
  defineRoute("GET", "/modules/{module}/access", {
    summary: "Who gets the module",
    role: "operator",
    answer: accessSetting,
    handle: ({ engine, params }) => accessOf(engine, installedModule(engine, params.module).name),
  }),
  defineRoute("PUT", "/modules/{module}/access", {
    summary: "Give the module to everyone, to groups, by rules or to nobody, at once",
    role: "administrator",
    body: accessSettingInput,
    answer: accessSetting,
    async handle({ engine, actor, params, body }) {
      const { name } = installedModule(engine, params.module);
      await engine.flags.setAccess(actor, name, body);
      return accessOf(engine, name);
    },
  }),
  defineRoute("GET", "/modules/{module}/access/users/{user}", {
    summary: "Whether one user gets the module, and why",
    role: "administrator",
    answer: decisionView,
    handle({ engine, params }) {
      const { name } = installedModule(engine, params.module);
      const identity = engine.access.directory.identity(params.user);
      if (identity === null) throw new GraftError("NOT_FOUND", "This user does not exist.");
      const { decision, text } = engine.flags.explain(identity, name);
      return { ...decision, text };
    },
  }),
  defineRoute("POST", "/modules/{module}/access/preview", {
    summary: "Who would gain and lose the module; nothing is written",
    role: "administrator",
    body: accessSettingInput,
    answer: flagPreview,
    handle: ({ engine, params, body }) =>
      engine.flags.previewAccess(installedModule(engine, params.module).name, body),
  }),
  defineRoute("GET", "/modules/{module}/access/holders", {
    summary: "Who was given the module, and why",
    role: "administrator",
    query: holdersQuery,
    answer: holdersView,
    handle: ({ engine, params, query }) =>
      engine.flags.holders(installedModule(engine, params.module).name, query),
  }),
  defineRoute("POST", "/modules/{module}/widgets/{widget}/access/preview", {
    summary: "Who would gain and lose one widget; nothing is written",
    role: "administrator",
    body: accessSettingInput,
    answer: flagPreview,
    handle({ engine, params, body }) {
      requireWidget(engine, params.module, params.widget);
      return engine.flags.previewAccess(`${params.module}/${params.widget}`, body);
    },
  }),
  defineRoute("GET", "/modules/{module}/widgets/{widget}/access/holders", {
    summary: "Who was given one widget, and why",
    role: "administrator",
    query: holdersQuery,
    answer: holdersView,
    handle({ engine, params, query }) {
      requireWidget(engine, params.module, params.widget);
      return engine.flags.holders(`${params.module}/${params.widget}`, query);
    },
  }),
  defineRoute("GET", "/modules/{module}/widgets/{widget}/access", {
    summary: "Who gets one widget; `inherited` when it follows its module",
    role: "operator",
    answer: widgetAccessView,
    handle({ engine, params }) {
      requireWidget(engine, params.module, params.widget);
      return widgetAccess(engine, params.module, params.widget);
    },
  }),
  defineRoute("PUT", "/modules/{module}/widgets/{widget}/access", {
    summary: "Give one widget to everyone, to groups, by rules or to nobody, at once",
    role: "administrator",
    body: accessSettingInput,
    answer: widgetAccessView,
    async handle({ engine, actor, params, body }) {
      requireWidget(engine, params.module, params.widget);
      await engine.flags.setAccess(actor, `${params.module}/${params.widget}`, body);
      return widgetAccess(engine, params.module, params.widget);
    },
  }),
  defineRoute("DELETE", "/modules/{module}/widgets/{widget}/access", {
    summary: "Let one widget follow its module again",
    role: "administrator",
    answer: widgetAccessView,
    async handle({ engine, actor, params }) {
      requireWidget(engine, params.module, params.widget);
      await engine.flags.clearAccess(actor, `${params.module}/${params.widget}`);
      return widgetAccess(engine, params.module, params.widget);
    },
  }),
  defineRoute("GET", "/modules/{module}/health", {
    summary: "How the module is, its last day and what happened",
    role: "operator",
    query: healthQuery,
    answer: moduleHealthView,
    async handle({ engine, params, query }) {
      const module = installedModule(engine, params.module);
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
      const { name } = installedModule(engine, params.module);
      if (wantsEvents) return eventStream(followLog(engine.runtime, name, query.limit, signal));
      return listOf(engine.runtime.logs(name, query.limit));
    },
  }),
];

function requireWidget(engine: ApiEngine, module: string, widget: string): void {
  const { manifest, title } = installedModule(engine, module);
  if (manifest.widgets.some(({ id }) => id === widget)) return;
  const widgets = manifest.widgets.map(({ id }) => id);
  throw new GraftError("NOT_FOUND", `${title} has no widget ${widget}.`, { details: { widgets } });
}

function unknownHealth(engine: ApiEngine, name: string) {
  const module = installedModule(engine, name);
  const state = moduleState(engine, module);
  const none = { latencyMs: null, message: null, rssMb: null, restarts: 0, pid: null };
  return { module: name, state, since: module.updatedAt, ...none };
}
