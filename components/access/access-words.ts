import { formatList } from "@/components/ui/format";
import type { AccessSetting } from "@/contract/access";
import type { GroupOption } from "./access-fields";

/** What rules of access answer, for people. */
export const accessVariantWords: Record<string, string> = {
  given: "gets it",
  withheld: "does not get it",
};

/** "Everyone", "Nobody", "Staff and Leads"; null is a widget without a rule of its own. */
export function accessWords(
  setting: AccessSetting | null,
  groups: Pick<GroupOption, "key" | "name">[],
): string {
  if (setting === null) return "As the module";
  if (setting.mode === "everyone") return "Everyone";
  if (setting.mode === "nobody") return "Nobody";
  if (setting.mode === "rules") return "By rules";
  const names = setting.groups.map((key) => groups.find((group) => group.key === key)?.name ?? key);
  return names.length === 0 ? "Nobody" : formatList(names);
}
