"use client";

import { Checkbox } from "@/components/ui/checkbox";
import { CircleExclamationPoint } from "@/components/ui/icons";
import { Label } from "@/components/ui/label";
import type { Weekday } from "@/contract/upgrades";
import { texts } from "./texts";

const days: { value: Weekday; label: string }[] = [
  { value: "mon", label: texts.monday },
  { value: "tue", label: texts.tuesday },
  { value: "wed", label: texts.wednesday },
  { value: "thu", label: texts.thursday },
  { value: "fri", label: texts.friday },
  { value: "sat", label: texts.saturday },
  { value: "sun", label: texts.sunday },
];

/** Days on which a window begins. */
export function DayChoice(props: {
  value: Weekday[];
  error: string | undefined;
  onChange: (days: Weekday[]) => void;
}) {
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-2 text-[0.8125rem] leading-none font-medium">{texts.startsOn}</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-3">
        {days.map(({ value, label }) => (
          <div key={value} className="flex items-center gap-2">
            <Checkbox
              id={`day-${value}`}
              checked={props.value.includes(value)}
              onCheckedChange={(checked) =>
                props.onChange(
                  days
                    .map((day) => day.value)
                    .filter((day) => (day === value ? checked === true : props.value.includes(day))),
                )
              }
            />
            <Label htmlFor={`day-${value}`} className="font-normal">
              {label}
            </Label>
          </div>
        ))}
      </div>
      {props.error && (
        <p role="alert" className="flex items-center gap-1 text-xs text-danger">
          <CircleExclamationPoint aria-hidden className="size-3.5 shrink-0" />
          {props.error}
        </p>
      )}
    </fieldset>
  );
}
