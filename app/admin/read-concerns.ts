import type { ModuleView } from "@/app/admin/read-modules";
import { texts } from "@/components/overview/texts";
import type { Concern } from "@/components/overview/verdict";
import { formatList, sentence } from "@/components/ui/format";
import { getEngine } from "@/lib/engine";

const dayMs = 24 * 60 * 60 * 1000;

/** Everything an operator should look at, worst first; empty when all is well. */
export async function readConcerns(modules: ModuleView[]): Promise<Concern[]> {
  const { backups, catalog, install, ready } = getEngine();
  const [host, attention, { problems }, operations, backup] = await Promise.all([
    ready(),
    install.attention.list(),
    catalog.search(),
    install.operations.list({ limit: 10 }),
    backups.scheduled.get(),
  ]);
  const concerns: Concern[] = host.problems.map((problem) => ({
    severity: "failing",
    title: texts.hostNotReady,
    detail: problem,
    href: null,
  }));
  for (const { kind, title, problem } of attention) {
    concerns.push({
      severity: kind === "stopped" ? "failing" : "degraded",
      title,
      detail: problem.detail,
      href: "/admin/health#attention",
    });
  }
  for (const module of modules) {
    const severity = severityOf(module.state);
    if (severity === null) continue;
    concerns.push({
      severity,
      title: texts.moduleState(module.title, module.state),
      detail: module.message === null ? null : sentence(module.message),
      href: `/admin/modules/${module.name}?tab=health`,
    });
  }
  const [newest] = operations.items;
  const recent = newest !== undefined && Date.now() - Date.parse(newest.startedAt) < dayMs;
  if (recent && (newest.status === "failed" || newest.status === "reverted")) {
    concerns.push({
      severity: "degraded",
      title: (newest.status === "failed" ? texts.operationFailed : texts.operationReverted)(newest.title),
      detail: newest.error?.detail ?? null,
      href: `/admin/operations/${newest.id}`,
    });
  }
  // Until the first one is due there is nothing to say.
  if (backup.enabled && !backup.isProved && backup.isDue) {
    concerns.push({
      severity: "degraded",
      title: texts.backupNotProved,
      detail: null,
      href: "/admin/data#scheduled-backups",
    });
  }
  if (problems.length > 0) {
    concerns.push({
      severity: "degraded",
      title: texts.catalogProblems,
      detail: formatList(problems.slice(0, 3).map((problem) => problem.path)),
      href: "/admin/marketplace",
    });
  }
  return concerns.sort((a, b) => Number(b.severity === "failing") - Number(a.severity === "failing"));
}

function severityOf(state: ModuleView["state"]): Concern["severity"] | null {
  if (state === "failing" || state === "quarantined" || state === "stopped") return "failing";
  return state === "degraded" ? "degraded" : null;
}
