import { isDeepStrictEqual } from "node:util";
import { GraftError } from "../../core/index.ts";
import type { AccessSetting } from "../types.ts";
import { normaliseSetting } from "./check-setting.ts";

/**
 * What a target says once one group was given it, or lost it. Null: what its module says, which it follows then.
 * @param own the target's own rule; `inherited` is its module's where the target is a widget
 * @throws CONFLICT: a switch for one group means nothing where everyone has it, and would throw rules away
 */
export function switchGroup(
  { own, inherited }: { own: AccessSetting | null; inherited?: AccessSetting | null },
  { group, on }: { group: string; on: boolean },
): AccessSetting | null {
  const inForce = own ?? inherited ?? { mode: "nobody" };
  if (inForce.mode === "everyone" || inForce.mode === "rules") throw notByGroup(inForce.mode);
  const others = inForce.mode === "groups" ? inForce.groups.filter((key) => key !== group) : [];
  const groups = on ? [...others, group] : others;
  const setting = normaliseSetting(groups.length === 0 ? { mode: "nobody" } : { mode: "groups", groups });
  if (inherited === undefined) return setting;
  return isDeepStrictEqual(setting, normaliseSetting(inherited ?? { mode: "nobody" })) ? null : setting;
}

function notByGroup(mode: "everyone" | "rules"): GraftError {
  const message =
    mode === "everyone"
      ? "Everyone has it, so it cannot be switched for one group."
      : "Rules decide who has it, so it cannot be switched for one group.";
  return new GraftError("CONFLICT", message, { hint: "Change access on the module’s own page first." });
}
