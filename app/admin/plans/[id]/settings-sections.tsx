import { SettingChangeList } from "@/components/plan/setting-changes";
import { SettingsGiven } from "@/components/plan/settings-given";
import { texts } from "@/components/plan/texts";
import { readSchema } from "@/components/schema-form/read-schema";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import type { PlanConfig, PlanStep, PlanView } from "@/contract/plan";

/** Of each module that comes with settings: what becomes of those it has, and what may or must be given. */
export function SettingsSections({ plan, administrator }: { plan: PlanView; administrator: boolean }) {
  const open = !plan.stale && plan.operationId === null && plan.blockedBy.length === 0;
  return plan.steps.map((step) => {
    const { config, title } = step;
    if (!config || !hasSomething(step)) return null;
    const isMissing = config.missing.length > 0;
    const mayGive = administrator || step.action === "install";
    return (
      <Section
        key={step.module}
        id={`settings-${step.module}`}
        title={texts.settingsOf(title)}
        description={step.action === "install" ? texts.settingsAtInstall : texts.settingsAtUpgrade}
        {...(open && isMissing && { className: "rounded-lg border border-warning/35 bg-warning/4 p-4" })}
      >
        <div className="grid gap-6">
          {config.changes.length > 0 && <SettingChangeList changes={config.changes} />}
          {open && isMissing && !mayGive && (
            <Notice tone="warning" title={texts.settingsByAdministrators(title)} />
          )}
          {open && isMissing && mayGive && <p>{texts.settingsMissing(title, labelsOf(config))}</p>}
          {open && config.schema !== null && mayGive && (
            <SettingsGiven
              // Another choice elsewhere on the page makes another plan: what was typed here stays.
              key={JSON.stringify(config.values)}
              plan={plan.id}
              changes={plan.changes}
              step={{ module: step.module, action: step.action, title, to: step.to }}
              config={config}
            />
          )}
        </div>
      </Section>
    );
  });
}

/** Of what is missing, as its form calls it. */
function labelsOf({ schema, missing }: PlanConfig): string[] {
  const fields = readSchema(schema);
  return missing.flatMap(({ key }) => {
    if (key === "") return [];
    const field = fields.find((one) => one.key === key);
    return `“${field?.label ?? key}”`;
  });
}

/** An upgrade that needs nothing and changes nothing shows no form. */
function hasSomething({ action, config }: PlanStep): boolean {
  if (!config) return false;
  if (config.changes.length + config.missing.length > 0) return true;
  return action === "install" && Object.keys(config.schema?.properties ?? {}).length > 0;
}
