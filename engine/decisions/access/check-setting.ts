import { GraftError } from "../../core/index.ts";
import type { Directory } from "../../people/index.ts";
import { findTargetingProblems } from "../targeting/check-flag.ts";
import type { FlagLookup } from "../targeting/flag-lookup.ts";
import type { AccessSetting, AccessTarget } from "../types.ts";
import { accessDefinition, accessKey } from "./access-definition.ts";
import type { LiveRules } from "./live-rules.ts";
import { groupsOf } from "./remove-group.ts";

export interface SettingChecks {
  /** @throws NOT_FOUND for what is not installed */
  requireTarget(target: AccessTarget): void;
  /** @throws NOT_FOUND for a group that is not there */
  requireGroups(setting: AccessSetting): Promise<void>;
  /** @throws NOT_FOUND, INVALID_INPUT */
  requireSetting(target: AccessTarget, setting: AccessSetting): Promise<void>;
}

export function createSettingChecks(deps: {
  directory: Pick<Directory, "groupKeys" | "refresh">;
  rules: Pick<LiveRules, "installed">;
  flags: FlagLookup;
}): SettingChecks {
  const { directory, rules, flags } = deps;

  function requireTarget(target: AccessTarget) {
    const [module, widget, ...rest] = target.split("/");
    const found = rules.installed.find(({ name }) => name === module);
    if (found !== undefined && rest.length === 0 && (widget === undefined || found.widgets.includes(widget)))
      return;
    const what =
      found === undefined ? `The module ${module} is not installed` : `${module} has no widget ${widget}`;
    const hint = "Going back to a generation that had it brings it back with who got it.";
    throw new GraftError("NOT_FOUND", `${what}.`, { hint, details: { target } });
  }

  async function requireGroups(setting: AccessSetting) {
    const named = groupsOf(setting);
    const missing = () => named.filter((key) => !directory.groupKeys().includes(key));
    // Another host may have made the group a moment ago.
    if (missing().length > 0) await directory.refresh();
    if (missing().length === 0) return;
    throw new GraftError("NOT_FOUND", `There is no group ${missing().join(", ")}.`, {
      details: { missing: missing() },
    });
  }

  async function requireSetting(target: AccessTarget, setting: AccessSetting) {
    requireTarget(target);
    await requireGroups(setting);
    if (setting.mode !== "rules") return;
    const [...problems] = findTargetingProblems(accessKey(target), accessDefinition(setting), {
      evaluators: flags.evaluators(),
      find: flags.find,
    });
    if (problems.length === 0) return;
    throw new GraftError(
      "INVALID_INPUT",
      `The rules of ${target} are not accepted: ${problems.join("; ")}.`,
      {
        hint: "Rules answer `given` or `withheld`, in flagd's targeting.",
        details: { fieldErrors: { targeting: problems } },
      },
    );
  }

  return { requireTarget, requireGroups, requireSetting };
}

/** Groups sorted and each once, so that equal settings are stored equally. */
export function normaliseSetting(setting: AccessSetting): AccessSetting {
  if (setting.mode === "rules") return { mode: "rules", targeting: setting.targeting };
  if (setting.mode !== "groups") return { mode: setting.mode };
  return { mode: "groups", groups: [...new Set(setting.groups)].sort() };
}
