import { isDeepStrictEqual } from "node:util";
import type { FlagDefinition } from "../../../contract/flags.ts";

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
