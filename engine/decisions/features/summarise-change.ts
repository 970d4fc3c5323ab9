import { isDeepStrictEqual } from "node:util";
import type { AccessSetting } from "../../../contract/access.ts";
import type { FlagDefinition } from "../../../contract/flags.ts";
import type { AccessTarget } from "../types.ts";

/** What a person would say was done. */
export function summarise(key: string, before: FlagDefinition | null, after: FlagDefinition): string {
  if (before === null) return `Made ${key}`;
  if (before.state !== after.state) return `Switched ${key} ${after.state === "ENABLED" ? "on" : "off"}`;
  const same = (part: "variants" | "targeting") => isDeepStrictEqual(before[part], after[part]);
  const parts = [
    ...(same("targeting") ? [] : ["rules"]),
    ...(same("variants") ? [] : ["variants"]),
    ...((before.defaultVariant ?? null) === (after.defaultVariant ?? null) ? [] : ["default"]),
  ];
  return parts.length === 0 ? `Described ${key}` : `Changed the ${parts.join(" and ")} of ${key}`;
}

export function summariseAccess(target: AccessTarget, setting: AccessSetting | null): string {
  return `${setting === null ? "Took back the rule of" : "Gave"} ${target}${receivers(setting)}`;
}

function receivers(setting: AccessSetting | null): string {
  if (setting === null) return "";
  if (setting.mode === "rules") return " by rules";
  if (setting.mode !== "groups") return ` to ${setting.mode}`;
  return setting.groups.length === 0 ? " to no group" : ` to ${setting.groups.join(", ")}`;
}
