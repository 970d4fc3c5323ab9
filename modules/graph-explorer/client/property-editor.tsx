/** @jsxImportSource preact */
import { Icon } from "./icons.tsx";
import type { PropertyRow } from "./properties.ts";

/** Properties as rows of a name and a value; an empty row waits at the end. */
export function PropertyEditor({
  rows,
  onChange,
}: {
  rows: PropertyRow[];
  onChange(rows: PropertyRow[]): void;
}) {
  const change = (i: number, patch: Partial<PropertyRow>) =>
    onChange(rows.map((row, at) => (at === i ? { ...row, ...patch } : row)));
  return (
    <fieldset class="properties">
      <legend>Properties</legend>
      {rows.map((row, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row has no identity but its place
        <div key={i} class="row">
          <input
            aria-label={`Name of property ${i + 1}`}
            placeholder="name"
            value={row.key}
            onInput={(event) => change(i, { key: event.currentTarget.value })}
          />
          <input
            aria-label={`Value of ${row.key || `property ${i + 1}`}`}
            placeholder="value"
            value={row.text}
            onInput={(event) => change(i, { text: event.currentTarget.value })}
          />
          <button
            type="button"
            data-variant="ghost"
            class="icon"
            aria-label={`Remove ${row.key || `property ${i + 1}`}`}
            onClick={() => onChange(rows.filter((_, at) => at !== i))}
          >
            <Icon name="close" size={14} />
          </button>
        </div>
      ))}
      <button type="button" data-variant="ghost" onClick={() => onChange([...rows, { key: "", text: "" }])}>
        <Icon name="plus" size={14} /> Add property
      </button>
    </fieldset>
  );
}
