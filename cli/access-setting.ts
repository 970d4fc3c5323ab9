import type { AccessSetting } from "../contract/access.ts";
import { readRules, writeRules } from "../sdk/flags/index.ts";
import { usageError } from "./cli-error.ts";

/** `everyone`, `nobody`, `groups:staff,ops`, or a share of such: `10%:everyone`, `10%:staff,ops`. @throws UsageError */
export function parseAccess(text: string): AccessSetting {
  if (text === "everyone" || text === "nobody") return { mode: text };
  const groups = /^groups?:(.+)$/
    .exec(text)?.[1]
    ?.split(",")
    .map((key) => key.trim())
    .filter(Boolean);
  if (groups && groups.length > 0) return { mode: "groups", groups };
  const [, percent, of] = /^(\d{1,3})%:(.+)$/.exec(text) ?? [];
  if (percent !== undefined && of !== undefined && Number(percent) <= 100) return share(Number(percent), of);
  throw usageError(
    `"${text}" is not an access setting.`,
    "Use everyone, nobody, groups:KEY,KEY, 10%:everyone or 10%:KEY,KEY.",
  );
}

export function formatAccess(setting: AccessSetting | null): string {
  if (!setting) return "nobody";
  if (setting.mode === "groups") return `groups: ${setting.groups.join(", ")}`;
  return setting.mode === "rules" ? `rules: ${readRules(setting.targeting)?.length ?? "JSON"}` : setting.mode;
}

function share(percent: number, of: string): AccessSetting {
  const groups = of
    .split(",")
    .map((key) => key.trim())
    .filter(Boolean);
  const weights = [
    { variant: "given", weight: percent },
    { variant: "withheld", weight: 100 - percent },
  ];
  const targeting = writeRules([
    {
      conditions: of === "everyone" ? [] : [{ kind: "groups", groups }],
      outcome: { kind: "split", weights },
    },
  ]);
  return { mode: "rules", targeting: targeting ?? {} };
}
