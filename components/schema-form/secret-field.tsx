import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Eye, EyeOff } from "@/components/ui/icons";
import { Input } from "@/components/ui/input";
import type { ControlProps } from "./control-props.ts";
import { maskedSecret } from "./read-schema.ts";
import { texts } from "./texts.ts";

/** A stored secret cannot be seen, only kept or replaced; a new one can be shown while it is typed. */
export function SecretField({ field, name, value, error, disabled, onChange }: ControlProps<"secret">) {
  const [shown, setShown] = useState(false);
  const [wasSet] = useState(value === maskedSecret);
  const text = String(value ?? "");
  const hint = field.hint ?? (field.typed === "json" ? texts.asJson : undefined);
  return (
    <Field label={field.label} hint={hint} error={error} optional={!field.required}>
      {text === maskedSecret ? (
        <StoredSecret name={name} disabled={disabled} onReplace={() => onChange("")} />
      ) : (
        <SecretInput
          {...{ name, disabled, shown, text, onChange }}
          onShow={() => setShown(!shown)}
          onKeep={wasSet ? () => onChange(maskedSecret) : null}
        />
      )}
    </Field>
  );
}

function StoredSecret(props: { id?: string; name: string; disabled: boolean; onReplace(): void }) {
  return (
    <div className="flex gap-2">
      <Input id={props.id} name={props.name} value="••••••••" readOnly disabled={props.disabled} />
      <Button disabled={props.disabled} onClick={props.onReplace}>
        {texts.replace}
      </Button>
    </div>
  );
}

function SecretInput(props: {
  id?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean;
  name: string;
  disabled: boolean;
  shown: boolean;
  text: string;
  onChange(value: string): void;
  onShow(): void;
  onKeep: (() => void) | null;
}) {
  const { disabled, shown, text, onChange, onShow, onKeep, ...input } = props;
  return (
    <div className="flex gap-2">
      <div className="relative min-w-0 flex-1">
        <Input
          {...input}
          type={shown ? "text" : "password"}
          autoComplete="off"
          spellCheck={false}
          disabled={disabled}
          value={text}
          className="pr-10"
          onChange={(event) => onChange(event.target.value)}
        />
        <button
          type="button"
          aria-label={shown ? texts.hide : texts.show}
          aria-pressed={shown}
          onClick={onShow}
          className="absolute inset-y-0 right-0 grid w-9 place-items-center rounded-md text-muted-foreground hover:text-foreground"
        >
          {shown ? <EyeOff aria-hidden className="size-4" /> : <Eye aria-hidden className="size-4" />}
        </button>
      </div>
      {onKeep !== null && (
        <Button disabled={disabled} onClick={onKeep}>
          {texts.keepStored}
        </Button>
      )}
    </div>
  );
}
