import type { AccessSetting, AccessTarget } from "../types.ts";

/** What a person would say was done. */
export function summariseAccess(target: AccessTarget, setting: AccessSetting | null): string {
  return `${setting === null ? "Took back the rule of" : "Gave"} ${target}${receivers(setting)}`;
}

function receivers(setting: AccessSetting | null): string {
  if (setting === null) return "";
  if (setting.mode === "rules") return " by rules";
  if (setting.mode !== "groups") return ` to ${setting.mode}`;
  return setting.groups.length === 0 ? " to no group" : ` to ${setting.groups.join(", ")}`;
}
