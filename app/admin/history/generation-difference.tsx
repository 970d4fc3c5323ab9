import { ArrowDown, ArrowUp, Minus, Plus, RefreshCw } from "lucide-react";
import type { ReactNode } from "react";
import { accessWords } from "@/components/access/access-words";
import { cn } from "@/components/ui/cn";
import { Notice } from "@/components/ui/notice";
import type { GenerationDifference } from "@/engine/install/index.ts";

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
      <Part title="Access" items={access}>
        {({ target, from: before, to: after }) => (
          <Changed key={target} name={target}>
            {words(target, before, groups)} → {words(target, after, groups)}
          </Changed>
        )}
      </Part>
      <Part title="Settings" items={config}>
        {({ module, key, secret, from: before, to: after }) => (
          <Changed key={`${module} ${key}`} name={`${module} ${key}`}>
            {secret ? secretWords(before, after) : `${valueWords(before)} → ${valueWords(after)}`}
          </Changed>
        )}
      </Part>
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

function Part<T>(props: { title: string; items: T[]; children: (item: T) => ReactNode }) {
  if (props.items.length === 0) return null;
  return (
    <div className="grid gap-1">
      <h3 className="font-medium text-muted-foreground">{props.title}</h3>
      <ul className="grid gap-1">{props.items.map(props.children)}</ul>
    </div>
  );
}

function Changed({ name, children }: { name: string; children: ReactNode }) {
  return (
    <li className="grid min-w-0 gap-x-4 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      <span className="font-mono text-xs break-words sm:leading-5">{name}</span>
      <span className="break-words text-muted-foreground">{children}</span>
    </li>
  );
}

type AccessChange = GenerationDifference["access"][number];

/** Without a rule a module is nobody's, and a widget follows its module. */
function words(target: string, setting: AccessChange["from"], groups: { key: string; name: string }[]) {
  return setting === null && !target.includes("/") ? "Nobody" : accessWords(setting, groups);
}

function secretWords(before: unknown, after: unknown): string {
  const isSet = (value: unknown) => value !== null && value !== "";
  if (!isSet(before)) return "set (secret)";
  return isSet(after) ? "changed (secret)" : "taken out (secret)";
}

function valueWords(value: unknown): string {
  if (value === null) return "not set";
  return typeof value === "string" ? `“${value}”` : JSON.stringify(value);
}
