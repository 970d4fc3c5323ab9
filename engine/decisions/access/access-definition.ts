import type { AccessSetting } from "../../../contract/access.ts";
import type { FlagDefinition } from "../../../contract/flags.ts";
import type { AccessTarget } from "../types.ts";

/** The variants of access by rules: what targeting answers. */
export const given = "given";
export const withheld = "withheld";

const groupPrefix = "group:";

/** What shares of access are drawn by; a flag's key cannot hold a slash, so no flag draws the same. */
export function accessKey(target: AccessTarget): string {
  return `access/${target}`;
}

/** The other way round; null for the key of a flag. */
export function targetOf(key: string): AccessTarget | null {
  return key.startsWith("access/") ? key.slice("access/".length) : null;
}

/** Access as a flag, so that one evaluator decides both; its variants say what gave it. */
export function accessDefinition(setting: AccessSetting): FlagDefinition {
  switch (setting.mode) {
    case "everyone":
      return { state: "ENABLED", variants: { [given]: true }, defaultVariant: given };
    case "nobody":
      return { state: "ENABLED", variants: { [withheld]: false }, defaultVariant: withheld };
    case "groups":
      return byGroups(setting.groups);
    case "rules":
      return {
        state: "ENABLED",
        variants: { [given]: true, [withheld]: false },
        defaultVariant: withheld,
        targeting: setting.targeting,
      };
  }
}

/** The group that a variant stands for; null for any other. */
export function groupOf(variant: string | undefined): string | null {
  return variant?.startsWith(groupPrefix) ? variant.slice(groupPrefix.length) : null;
}

function byGroups(groups: readonly string[]): FlagDefinition {
  const variants = Object.fromEntries(groups.map((group) => [groupPrefix + group, true]));
  const branches = groups.flatMap((group) => [{ in: [group, { var: "groups" }] }, groupPrefix + group]);
  return {
    state: "ENABLED",
    variants: { ...variants, [withheld]: false },
    defaultVariant: withheld,
    ...(branches.length === 0 ? {} : { targeting: { if: [...branches, null] } }),
  };
}
