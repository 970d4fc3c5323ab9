"use client";

import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { Switch } from "@/components/ui/switch";
import { ChoiceField, ChoicesField } from "./choice-field.tsx";
import type { ControlProps } from "./control-props.ts";
import { DateTimeField } from "./date-time-field.tsx";
import { ListField } from "./list-field.tsx";
import type { FormField, Values } from "./read-schema.ts";
import { SecretField } from "./secret-field.tsx";
import { texts } from "./texts.ts";

interface SchemaFieldsProps {
  fields: FormField[];
  draft: Values;
  /** By path: `limit`, `smtp.host`, `authors.0`. */
  errors: Record<string, string | undefined>;
  onChange(draft: Values): void;
  disabled?: boolean;
  path?: string;
}

/** The controls of a form made from a JSON Schema; who uses it keeps the draft and sends it. */
export function SchemaFields({
  fields,
  draft,
  errors,
  onChange,
  disabled = false,
  path = "",
}: SchemaFieldsProps) {
  return fields.map((field) => {
    const name = path + field.key;
    const set = (value: unknown) => onChange({ ...draft, [field.key]: value });
    const value = draft[field.key];
    if (field.kind === "group") {
      return (
        <fieldset key={name} className="grid gap-4 border-l-2 pl-4">
          <legend className="float-left mb-3 font-medium">{field.label}</legend>
          {field.hint && <p className="clear-left -mt-3 text-xs text-muted-foreground">{field.hint}</p>}
          <SchemaFields
            fields={field.fields}
            draft={(value ?? {}) as Values}
            errors={errors}
            onChange={set}
            disabled={disabled}
            path={`${name}.`}
          />
        </fieldset>
      );
    }
    const error = errors[name] ?? firstWithin(errors, `${name}.`);
    return <Control key={name} {...{ field, name, value, error, disabled }} onChange={set} />;
  });
}

function Control(props: ControlProps) {
  const { field, name, value, error, disabled, onChange } = props;
  const common = { label: field.label, hint: field.hint, error, optional: !field.required };
  const input = {
    name,
    disabled,
    value: String(value ?? ""),
    required: field.required,
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  };
  switch (field.kind) {
    case "switch":
      return <SwitchField {...props} />;
    case "choice":
      return <ChoiceField {...props} field={field} />;
    case "choices":
      return <ChoicesField {...props} field={field} />;
    case "list":
      return <ListField {...props} field={field} />;
    case "date-time":
      return <DateTimeField {...props} />;
    case "secret":
      return <SecretField {...props} field={field} />;
    case "number":
      return (
        <Field {...common}>
          <Input
            {...input}
            type="number"
            inputMode={field.step === 1 ? "numeric" : "decimal"}
            min={field.min}
            max={field.max}
            step={field.step}
            className="max-w-40 tabular"
          />
        </Field>
      );
    case "date":
    case "time":
      return (
        <Field {...common}>
          <Input {...input} type={field.kind} className="max-w-56 tabular" />
        </Field>
      );
    case "json":
      return (
        <Field {...common} hint={field.hint ?? texts.asJson}>
          <Textarea {...input} rows={5} spellCheck={false} className="font-mono text-xs" />
        </Field>
      );
    case "text":
      return (
        <Field {...common}>
          {field.multiline ? <Textarea {...input} rows={4} /> : <Input {...input} type={field.type} />}
        </Field>
      );
  }
}

/** The switch stands before its words: on a wide form it would be far from them. */
function SwitchField({ field, name, value, error, disabled, onChange }: ControlProps) {
  return (
    <div className="flex items-start gap-3">
      <Switch
        id={`setting-${name}`}
        name={name}
        checked={value === true}
        disabled={disabled}
        onCheckedChange={onChange}
        aria-describedby={field.hint ? `setting-${name}-hint` : undefined}
      />
      <div className="grid gap-0.5">
        <label htmlFor={`setting-${name}`} className="text-[0.8125rem] font-medium">
          {field.label}
        </label>
        {field.hint && (
          <p id={`setting-${name}-hint`} className="text-xs text-muted-foreground">
            {field.hint}
          </p>
        )}
        {error && (
          <p role="alert" className="text-xs text-danger">
            {error}
          </p>
        )}
      </div>
    </div>
  );
}

/** The first problem of an entry inside a list. */
function firstWithin(errors: SchemaFieldsProps["errors"], prefix: string): string | undefined {
  return Object.entries(errors).find(
    ([key, message]) => key.startsWith(prefix) && message !== undefined,
  )?.[1];
}
