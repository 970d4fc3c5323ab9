import { useRef } from "react";
import { Button } from "@/components/ui/button";
import { Plus, X } from "@/components/ui/icons";
import { Input } from "@/components/ui/input";
import type { ControlProps } from "./control-props.ts";
import { maskedSecret } from "./read-schema.ts";
import { texts } from "./texts.ts";

/** A list of texts, one control each; Enter adds the next. A stored secret in it can be kept or removed. */
export function ListField({ field, name, value, error, disabled, onChange }: ControlProps<"list">) {
  const box = useRef<HTMLFieldSetElement>(null);
  const entries = Array.isArray(value) ? value.map(String) : [];

  function focusEntry(index: number) {
    requestAnimationFrame(() => box.current?.querySelectorAll("input")[index]?.focus());
  }
  function add() {
    onChange([...entries, ""]);
    focusEntry(entries.length);
  }
  function remove(index: number) {
    onChange(entries.filter((_, i) => i !== index));
    focusEntry(Math.max(0, index - 1));
  }
  return (
    <fieldset ref={box} className="grid gap-2">
      <legend className="float-left text-[0.8125rem] font-medium">{field.label}</legend>
      {field.hint && <p className="clear-left text-xs text-muted-foreground">{field.hint}</p>}
      {entries.map((entry, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an entry is known by its place alone
        <div key={i} className="clear-left flex gap-2">
          <Input
            name={`${name}.${i}`}
            aria-label={`${field.label}, ${i + 1}`}
            aria-invalid={error ? true : undefined}
            value={entry}
            disabled={disabled}
            readOnly={field.secret && entry === maskedSecret}
            {...(field.secret && { type: "password", autoComplete: "off" })}
            onChange={(event) => onChange(entries.with(i, event.target.value))}
            onKeyDown={(event) => {
              if (event.key !== "Enter") return;
              event.preventDefault();
              add();
            }}
          />
          <Button
            variant="ghost"
            size="icon"
            disabled={disabled}
            aria-label={texts.removeEntry((!field.secret && entry) || texts.entryNumber(i + 1))}
            onClick={() => remove(i)}
          >
            <X aria-hidden />
          </Button>
        </div>
      ))}
      {error && (
        <p role="alert" className="clear-left text-xs text-danger">
          {error}
        </p>
      )}
      <Button size="sm" className="clear-left w-fit" disabled={disabled} onClick={add}>
        <Plus aria-hidden />
        {texts.add}
      </Button>
    </fieldset>
  );
}
