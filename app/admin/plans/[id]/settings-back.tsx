import { AccessChanges, SettingChanges } from "@/app/admin/history/setting-changes";
import { SettingsChoice } from "@/components/plan/settings-choice";
import { texts } from "@/components/plan/texts";
import { Section } from "@/components/ui/section";
import type { PlanView } from "@/contract/plan";

/** How modules that stay differ from that generation, and the choice whether to restore that too. */
export function SettingsBack({ plan, groups }: { plan: PlanView; groups: { key: string; name: string }[] }) {
  const back = plan.settingsBack;
  if (!back) return null;
  const open = !plan.stale && plan.operationId === null;
  // With nothing else to go back to there is no other choice.
  const free = open && plan.steps.some((step) => step.from !== step.to);
  return (
    <Section title={texts.accessAndSettings} description={texts.accessAndSettingsDescription}>
      <div className="grid gap-4">
        {free && <SettingsChoice key={plan.id} plan={plan.id} changes={plan.changes} chosen={back.chosen} />}
        <div className="grid gap-5 rounded-lg border p-4" data-testid="settings-back">
          <AccessChanges changes={back.access} groups={groups} />
          <SettingChanges changes={back.config} />
        </div>
      </div>
    </Section>
  );
}
