import type { ReactNode } from "react";
import { accessWords } from "@/components/access/access-words";
import { texts } from "@/components/history/texts";
import type { GenerationDifference } from "@/contract/generation";

type AccessChange = GenerationDifference["access"][number];
type SettingChange = Omit<GenerationDifference["config"][number], "secret"> & { secret?: boolean };

export function AccessChanges(props: { changes: AccessChange[]; groups: { key: string; name: string }[] }) {
  const { groups } = props;
  return (
    <Part title={texts.access} items={props.changes}>
      {({ target, from, to }) => (
        <Changed key={target} name={target}>
          {words(target, from, groups)} → {words(target, to, groups)}
        </Changed>
      )}
    </Part>
  );
}

export function SettingChanges({ changes }: { changes: SettingChange[] }) {
  return (
    <Part title={texts.settings} items={changes}>
      {({ module, key, secret, from, to }) => (
        <Changed key={`${module} ${key}`} name={`${module} ${key}`}>
          {secret ? secretWords(from, to) : `${valueWords(from)} → ${valueWords(to)}`}
        </Changed>
      )}
    </Part>
  );
}

export function Part<T>(props: { title: string; items: T[]; children: (item: T) => ReactNode }) {
  if (props.items.length === 0) return null;
  return (
    <div className="grid gap-1">
      <h3 className="font-medium text-muted-foreground">{props.title}</h3>
      <ul className="grid gap-1">{props.items.map(props.children)}</ul>
    </div>
  );
}

export function Changed({ name, children }: { name: string; children: ReactNode }) {
  return (
    <li className="grid min-w-0 gap-x-4 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      <span className="font-mono text-xs break-words sm:leading-5">{name}</span>
      <span className="break-words text-muted-foreground">{children}</span>
    </li>
  );
}

/** Without a rule a module is nobody's, and a widget follows its module. */
function words(target: string, setting: AccessChange["from"], groups: { key: string; name: string }[]) {
  return setting === null && !target.includes("/") ? texts.nobody : accessWords(setting, groups);
}

function secretWords(before: unknown, after: unknown): string {
  const isSet = (value: unknown) => value !== null && value !== "";
  if (!isSet(before)) return texts.secretSet;
  return isSet(after) ? texts.secretChanged : texts.secretRemoved;
}

function valueWords(value: unknown): string {
  if (value === null) return texts.notSet;
  return typeof value === "string" ? `“${value}”` : JSON.stringify(value);
}
