"use client";

import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { texts } from "./texts";

/** A number of days as typed, or for ever. */
export interface DaysDraft {
  days: string;
  forEver: boolean;
}

export function DaysField(props: {
  name: string;
  label: string;
  value: DaysDraft;
  error: string | undefined;
  onChange(value: DaysDraft): void;
}) {
  const { name, value, onChange } = props;
  return (
    <div className="grid content-start gap-2">
      <Field label={props.label} error={props.error}>
        <Input
          type="number"
          inputMode="numeric"
          min={1}
          name={name}
          disabled={value.forEver}
          value={value.forEver ? "" : value.days}
          onChange={(event) => onChange({ ...value, days: event.target.value })}
        />
      </Field>
      <div className="flex items-center gap-2">
        <Checkbox
          id={`${name}-for-ever`}
          checked={value.forEver}
          onCheckedChange={(checked) => onChange({ ...value, forEver: checked === true })}
        />
        <Label htmlFor={`${name}-for-ever`}>{texts.forever}</Label>
      </div>
    </div>
  );
}
