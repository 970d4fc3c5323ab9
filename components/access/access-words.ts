import { formatList } from "@/components/ui/format";
import type { AccessSetting } from "@/contract/access";
import type { GroupChoice } from "@/contract/people";
import { texts } from "./texts.ts";

/** What rules of access answer, for people. */
export const accessVariantWords: Record<string, string> = {
  given: texts.given,
  withheld: texts.withheld,
};

/** "Everyone", "Nobody", "Staff and Leads"; null is a widget without a rule of its own. */
export function accessWords(setting: AccessSetting | null, groups: GroupChoice[]): string {
  if (setting === null) return texts.asTheModule;
  if (setting.mode === "everyone") return texts.everyone;
  if (setting.mode === "nobody") return texts.nobody;
  if (setting.mode === "rules") return texts.byRules;
  const names = setting.groups.map((key) => groups.find((group) => group.key === key)?.name ?? key);
  return names.length === 0 ? texts.nobody : formatList(names);
}
