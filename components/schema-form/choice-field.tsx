import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { NativeSelect } from "@/components/ui/native-select";
import type { ControlProps } from "./control-props.ts";
import { texts } from "./texts.ts";

/** One of several values, which need not be text: options are known by their place. */
export function ChoiceField({ field, name, value, error, disabled, onChange }: ControlProps<"choice">) {
  const index = field.options.findIndex((option) => option.value === value);
  return (
    <Field label={field.label} hint={field.hint} error={error} optional={!field.required}>
      <NativeSelect
        name={name}
        disabled={disabled}
        value={index < 0 ? "" : String(index)}
        onChange={(event) =>
          onChange(event.target.value === "" ? undefined : field.options[Number(event.target.value)]?.value)
        }
      >
        {index < 0 || !field.required ? <option value="">{texts.notChosen}</option> : null}
        {field.options.map((option, i) => (
          <option key={option.label} value={i}>
            {option.label}
          </option>
        ))}
      </NativeSelect>
    </Field>
  );
}

/** Any number of given values. */
export function ChoicesField({ field, name, value, error, disabled, onChange }: ControlProps<"choices">) {
  const chosen = Array.isArray(value) ? value : [];
  return (
    <fieldset className="grid gap-2" aria-invalid={error ? true : undefined}>
      <legend className="float-left text-[0.8125rem] font-medium">{field.label}</legend>
      {field.hint && <p className="clear-left text-xs text-muted-foreground">{field.hint}</p>}
      <div className="clear-left flex flex-wrap gap-x-5 gap-y-2">
        {field.options.map((option) => (
          <div key={option.label} className="flex items-center gap-2">
            <Checkbox
              id={`setting-${name}-${option.label}`}
              disabled={disabled}
              checked={chosen.includes(option.value)}
              onCheckedChange={(on) =>
                onChange(
                  on === true ? [...chosen, option.value] : chosen.filter((each) => each !== option.value),
                )
              }
            />
            <label htmlFor={`setting-${name}-${option.label}`}>{option.label}</label>
          </div>
        ))}
      </div>
      {error && (
        <p role="alert" className="text-xs text-danger">
          {error}
        </p>
      )}
    </fieldset>
  );
}
