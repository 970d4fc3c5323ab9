import type { PlanBody, PlanStep } from "../plan/index.ts";
import { isWithin, levelOf } from "./find-updates.ts";
import type { Policy } from "./policy.ts";

/** Why nobody should find this plan applied in the morning; null when automatic upgrades may take it. */
export function reasonToLeave(plan: PlanBody, policy: Pick<Policy, "level" | "excluded">): string | null {
  for (const step of plan.steps) {
    const reason = reasonOfStep(step, policy);
    if (reason !== null) return reason;
  }
  const settings = plan.steps.map(reasonOfSettings).find((reason) => reason !== null);
  if (settings) return settings;
  const asked = plan.permissionChanges.find(({ consent }) => consent);
  if (asked) return `It asks for a new permission, which somebody has to accept: ${asked.text}`;
  const lost = plan.destructive.flatMap(({ statements }) => statements)[0];
  if (lost) return `It ${lost.reason} (${lost.migration}, line ${lost.line}).`;
  if (plan.destructive.length > 0) return "It deletes data.";
  for (const { migration, verdicts } of plan.sql) {
    const found = verdicts.find(
      ({ kind, long, rows }) => kind === "breaking" || (kind === "slow" && (long || rows === null)),
    );
    if (!found) continue;
    return found.kind === "slow"
      ? `It takes time on a large table: it ${found.reason} (${migration}, line ${found.line}).`
      : `Requests would wait while it switches: it ${found.reason} (${migration}, line ${found.line}).`;
  }
  return plan.steps.some(({ impact }) => impact === "breaking")
    ? "Requests would wait while it switches."
    : null;
}

function reasonOfSettings({ title, config }: PlanStep): string | null {
  const missing = config?.missing.map(({ key }) => key || "others") ?? [];
  if (missing.length > 0) return `${title} needs settings that somebody has to give: ${missing.join(", ")}.`;
  const reset = config?.changes.filter(({ change }) => change === "reset").map(({ key }) => key) ?? [];
  return reset.length > 0 ? `It does not take settings that ${title} has: ${reset.join(", ")}.` : null;
}

function reasonOfStep(
  { action, title, module, from, to }: PlanStep,
  { level, excluded }: Pick<Policy, "level" | "excluded">,
): string | null {
  if (action !== "upgrade" || from === null || to === null) return `It would also ${action} ${title}.`;
  if (excluded.includes(module)) return `Automatic upgrades are off for ${title}.`;
  if (isWithin(levelOf(from, to), level)) return null;
  return `It would also take ${title} from ${from} to ${to}.`;
}
