import { Badge } from "@/components/ui/badge";
import type { PlanSettingChange } from "@/contract/plan";
import { texts } from "./texts";

const words = {
  removed: { label: texts.settingRemoved, tone: "warning" },
  reset: { label: texts.settingReset, tone: "warning" },
  converted: { label: texts.settingConverted, tone: "neutral" },
  restored: { label: texts.settingRestored, tone: "neutral" },
  migrated: { label: texts.settingMigrated, tone: "neutral" },
  added: { label: texts.settingAdded, tone: "primary" },
} as const;

/** What becomes of stored settings when another version takes over. */
export function SettingChangeList({ changes }: { changes: PlanSettingChange[] }) {
  return (
    <ul className="grid gap-2.5" data-testid="setting-changes">
      {changes.map((change) => (
        <li
          key={`${change.change}${change.key}`}
          className="grid min-w-0 gap-x-4 gap-y-0.5 sm:grid-cols-[minmax(0,1fr)_minmax(0,3fr)]"
        >
          <span className="font-mono text-xs leading-5 break-words">{change.key}</span>
          <span className="flex min-w-0 flex-wrap items-baseline gap-x-2.5 gap-y-1">
            <Badge tone={words[change.change].tone}>{words[change.change].label}</Badge>
            <span className="min-w-0 break-words text-muted-foreground">{explain(change)}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

function explain({ change, from, to, reason }: PlanSettingChange): string {
  switch (change) {
    case "removed":
      return texts.settingRemovedText(formatValue(from));
    case "reset":
      return texts.settingResetText(formatValue(from), reason ?? "", to === null ? null : formatValue(to));
    case "converted":
      return texts.settingConvertedText(formatValue(from), reason ?? "", formatValue(to));
    case "restored":
      return texts.settingRestoredText(formatValue(to));
    case "migrated":
      return `${formatValue(from)} → ${formatValue(to)}`;
    case "added":
      return formatValue(to);
  }
}

function formatValue(value: unknown): string {
  if (value === null) return texts.notSet;
  return typeof value === "string" ? `“${value}”` : JSON.stringify(value);
}
