import type { Json } from "./json.ts";
import type { PlanStep } from "./plan.ts";
import type { PlanChange } from "./plan-change.ts";

type Config = Record<string, Json>;

/** The same changes with settings for the module of one step, over those given for it before: a merge patch (RFC 7396). */
export function giveSettings(
  changes: readonly PlanChange[],
  { module, action, to }: Pick<PlanStep, "module" | "action" | "to">,
  config: Config,
): PlanChange[] {
  let isGiven = false;
  const given = changes.map((change): PlanChange => {
    if (isGiven) return change;
    if (change.action === "rollback" || change.action === "restore") {
      isGiven = true;
      return { ...change, config: { ...change.config, [module]: { ...change.config?.[module], ...config } } };
    }
    if (change.action === "uninstall" || change.module !== module) return change;
    isGiven = true;
    return { ...change, config: { ...change.config, ...config } };
  });
  if (isGiven || action === "uninstall") return given;
  // Brought along by another one.
  return [...given, { action, module, ...(to === null ? {} : { version: `=${to}` }), config }];
}
