import { ArrowDown, ArrowUp, Minus, Plus, RefreshCw } from "lucide-react";
import { cn } from "@/components/ui/cn";
import { Notice } from "@/components/ui/notice";
import type { GenerationDifference } from "@/engine/install/index.ts";
import { AccessChanges, Changed, Part, SettingChanges } from "./setting-changes";

const kinds = {
  added: { icon: Plus, className: "text-success" },
  removed: { icon: Minus, className: "text-danger" },
  upgraded: { icon: ArrowUp, className: "text-primary" },
  downgraded: { icon: ArrowDown, className: "text-warning" },
  rebuilt: { icon: RefreshCw, className: "text-primary" },
};

/** What one generation holds otherwise than another; what is the same is left out. */
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
      {same && (
        <p>
          {settingsKnown
            ? `Generations ${from} and ${to} are the same.`
            : `Generations ${from} and ${to} have the same modules.`}
        </p>
      )}
      <Part title="Modules" items={modules}>
        {({ kind, name, from: before, to: after }) => {
          const { icon: Icon, className } = kinds[kind];
          return (
            <li key={name} className="flex flex-wrap items-center gap-x-2">
              <Icon aria-hidden className={cn("size-4 shrink-0", className)} />
              <span className="font-medium">{name}</span> {kind}
              <span className="tabular text-muted-foreground">
                {kind === "rebuilt" ? `${after}, other files` : [before, after].filter(Boolean).join(" → ")}
              </span>
            </li>
          );
        }}
      </Part>
      <AccessChanges changes={access} groups={groups} />
      <SettingChanges changes={config} />
      <Part title="Migrations between" items={migrations}>
        {({ module, name, change }) => (
          <Changed key={`${module} ${name}`} name={`${module} ${name}`}>
            {change}
          </Changed>
        )}
      </Part>
      {!settingsKnown && (
        <Notice title="Access and settings cannot be compared">
          One of the two was left before Graft recorded them.
        </Notice>
      )}
    </div>
  );
}
