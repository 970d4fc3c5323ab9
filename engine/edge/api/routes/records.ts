import { auditQuery, auditView } from "../../../../contract/audit.ts";
import { hostHealthView, type ModuleState } from "../../../../contract/health.ts";
import { isolationView } from "../../../../contract/isolation.ts";
import { keptDataView } from "../../../../contract/kept-data.ts";
import { pageOf } from "../../../../contract/page.ts";
import { defineRoute, fileAnswer, listOf } from "../define-route.ts";
import { moduleState } from "../describe-module.ts";

/** The audit, the health of everything, and data kept from uninstalled modules. */
export const recordRoutes = [
  defineRoute("GET", "/audit", {
    summary: "Who did what, when, with which plan; newest first",
    role: "operator",
    query: auditQuery,
    answer: pageOf(auditView),
    handle: ({ engine, query }) => engine.access.audit.list(query),
  }),
  defineRoute("GET", "/health", {
    summary: "Whether everything is well",
    role: "operator",
    answer: hostHealthView,
    async handle({ engine }) {
      const [ready, events] = await Promise.all([engine.ready(), engine.health.events({ limit: 20 })]);
      const states = engine.registry.list().map((module) => moduleState(engine, module));
      const status = ready.ready ? overall(states) : "failing";
      return { ...listOf(engine.health.all()), status, problems: ready.problems, events };
    },
  }),
  defineRoute("GET", "/isolation", {
    summary: "What holds the modules of this host, what does not, and how to get what is missing",
    role: "operator",
    answer: isolationView,
    handle: ({ engine }) => engine.runtime.isolation(),
  }),
  defineRoute("GET", "/kept-data", {
    summary: "Data of uninstalled modules, left in place or exported",
    role: "operator",
    answer: pageOf(keptDataView),
    handle: async ({ engine }) => listOf(await engine.install.keptData.list()),
  }),
  defineRoute("GET", "/kept-data/{id}/file", {
    summary: "Download an export (gzip of NDJSON: a header line, then each table and its rows) or a snapshot",
    // As a plan that uninstalls with an export: whoever may apply it gets the file.
    role: "operator",
    handle: async ({ engine, params }) =>
      fileAnswer({ ...(await engine.install.keptData.open(params.id)), mediaType: "application/gzip" }),
  }),
  defineRoute("DELETE", "/kept-data/{id}", {
    summary: "Delete kept data for good",
    role: "administrator",
    status: 204,
    handle: ({ engine, actor, params }) => engine.install.keptData.delete(actor, params.id),
  }),
];

function overall(states: ModuleState[]): "healthy" | "degraded" | "failing" {
  if (states.some((state) => state === "failing" || state === "quarantined")) return "failing";
  return states.every((state) => state === "healthy") ? "healthy" : "degraded";
}
