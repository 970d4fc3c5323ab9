import { ModuleChangeItem } from "@/components/history/module-change";
import { texts } from "@/components/history/texts";
import { Notice } from "@/components/ui/notice";
import type { GenerationDifference } from "@/contract/generation";
import { AccessChanges, Changed, Part, SettingChanges } from "./setting-changes";

/** How one generation differs from another; what is the same is left out. */
export function GenerationDifferenceView({
  difference,
  groups,
}: {
  difference: GenerationDifference;
  groups: { key: string; name: string }[];
}) {
  const { from, to, modules, access, config, migrations, settingsKnown } = difference;
  const same = modules.length + access.length + config.length + migrations.length === 0;
  return (
    <div className="grid gap-5 rounded-lg border p-4" data-testid="difference">
      {same && <p>{settingsKnown ? texts.identical(from, to) : texts.sameModules(from, to)}</p>}
      <Part title={texts.modules} items={modules}>
        {(change) => <ModuleChangeItem key={change.name} {...change} />}
      </Part>
      <AccessChanges changes={access} groups={groups} />
      <SettingChanges changes={config} />
      <Part title={texts.migrationsInBetween} items={migrations}>
        {({ module, name, change }) => (
          <Changed key={`${module} ${name}`} name={`${module} ${name}`}>
            {change}
          </Changed>
        )}
      </Part>
      {!settingsKnown && <Notice title={texts.notComparable}>{texts.notComparableExplanation}</Notice>}
    </div>
  );
}
