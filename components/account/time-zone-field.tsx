import { useEffect, useState } from "react";
import { Field } from "@/components/ui/field";
import { NativeSelect } from "@/components/ui/native-select";
import { timeZoneChoices } from "./locales.ts";

interface TimeZoneFieldProps {
  label: string;
  value: string;
  /** Nobody has chosen one yet: the browser's own takes the place of UTC. */
  untouched: boolean;
  error?: string | undefined;
  className?: string;
  onChange(timeZone: string): void;
}

/** A time zone that has to be one; names of zones come from the browser, and until it is there the present one stands alone. */
export function TimeZoneField({ label, value, untouched, error, className, onChange }: TimeZoneFieldProps) {
  const [mounted, setMounted] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the browser's own zone is known
  useEffect(() => {
    setMounted(true);
    if (untouched && value === "UTC") onChange(Intl.DateTimeFormat().resolvedOptions().timeZone);
  }, []);
  const zones = mounted ? timeZoneChoices(value) : [{ value, label: value }];
  return (
    <Field label={label} className={className} error={error}>
      <NativeSelect name="timeZone" value={value} onChange={(event) => onChange(event.target.value)}>
        {zones.map((zone) => (
          <option key={zone.value} value={zone.value}>
            {zone.label}
          </option>
        ))}
      </NativeSelect>
    </Field>
  );
}
