import { type AttentionView, attentionRetryView, attentionView } from "../../../../contract/attention.ts";
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
      const [ready, attention, events] = await Promise.all([
        engine.ready(),
        engine.install.attention.list(),
        engine.health.events({ limit: 20 }),
      ]);
      const states = engine.registry.list().map((module) => moduleState(engine, module));
      const status = ready.ready ? overall(states, attention) : "failing";
      return { ...listOf(engine.health.all()), status, problems: ready.problems, attention, events };
    },
  }),
  defineRoute("GET", "/attention", {
    summary: "What could not be finished, taken back or cleaned up, and why",
    role: "operator",
    answer: pageOf(attentionView),
    handle: async ({ engine }) => listOf(await engine.install.attention.list()),
  }),
  defineRoute("POST", "/attention/{id}/retry", {
    summary: "Try it again now",
    role: "operator",
    answer: attentionRetryView,
    async handle({ engine, actor, params }) {
      const left = await engine.install.attention.retry(actor, params.id);
      return { settled: left === null, left };
    },
  }),
  defineRoute("DELETE", "/attention/{id}", {
    summary: "Leave it as it is; modules that were stopped start with what is stored of them",
    role: "administrator",
    status: 204,
    handle: ({ engine, actor, params }) => engine.install.attention.dismiss(actor, params.id),
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

function overall(
  states: ModuleState[],
  attention: readonly AttentionView[],
): "healthy" | "degraded" | "failing" {
  const isFailing = states.some((state) => state === "failing" || state === "quarantined");
  if (isFailing || attention.some(({ kind }) => kind === "stopped")) return "failing";
  return attention.length === 0 && states.every((state) => state === "healthy") ? "healthy" : "degraded";
}
