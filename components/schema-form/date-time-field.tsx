import { useTimeZone } from "@/components/ui/date-time-input";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { fromInputDateTime, toInputDateTime, zoneName } from "@/components/ui/zoned-date-time";
import type { ControlProps } from "./control-props.ts";
import { texts } from "./texts.ts";

/** An instant, shown in the viewer's time zone, which stands below; the draft has it as ISO 8601. */
export function DateTimeField({ field, name, value, error, disabled, onChange }: ControlProps) {
  const timeZone = useTimeZone();
  const at = Date.parse(String(value ?? "")) / 1000;
  const known = Number.isFinite(at);
  const zone = known ? zoneName(at, timeZone) : timeZone;
  return (
    <Field
      label={field.label}
      hint={field.hint === undefined ? texts.inZone(zone) : texts.hintInZone(field.hint, zone)}
      error={error}
      optional={!field.required}
    >
      <Input
        name={name}
        type="datetime-local"
        disabled={disabled}
        required={field.required}
        className="tabular max-w-56"
        value={known ? toInputDateTime(at, timeZone) : ""}
        onChange={({ target }) => {
          const next = fromInputDateTime(target.value, timeZone);
          if (next !== null) onChange(new Date(next * 1000).toISOString());
          else if (!target.validity.badInput) onChange("");
        }}
      />
    </Field>
  );
}
