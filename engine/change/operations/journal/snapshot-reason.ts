import type { PlanChange, PlanStep } from "../../plan/index.ts";

/** Why a step takes a snapshot first, for the list of snapshots. */
export function snapshotReason(
  { action, to, schema }: Pick<PlanStep, "action" | "to" | "schema">,
  asked: readonly PlanChange[],
): string {
  const back = asked.find((change) => change.action === "rollback");
  if (back) return `Before going back to generation ${back.generation}`;
  if (action === "uninstall") return "Before uninstall";
  if (schema?.action === "restore") return "Before a restore";
  return `Before ${action === "install" ? "install of" : "upgrade to"} ${to}`;
}
