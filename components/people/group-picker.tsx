"use client";

import { useId } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import type { GroupChoice } from "@/contract/people";
import { texts } from "./texts.ts";

/** Any number of groups. */
export function GroupPicker(props: {
  groups: GroupChoice[];
  value: string[];
  onChange: (keys: string[]) => void;
}) {
  const id = useId();
  if (props.groups.length === 0) return null;
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-2 text-[0.8125rem] leading-none font-medium">{texts.groups}</legend>
      <div className="grid max-h-44 gap-x-4 overflow-y-auto rounded-md border p-1.5 sm:grid-cols-2">
        {props.groups.map((group) => (
          <label
            key={group.key}
            htmlFor={`${id}-${group.key}`}
            className="flex min-h-8 items-center gap-2.5 rounded-sm px-1.5 hover:bg-accent"
          >
            <Checkbox
              id={`${id}-${group.key}`}
              checked={props.value.includes(group.key)}
              onCheckedChange={(checked) =>
                props.onChange(
                  checked === true
                    ? [...props.value, group.key]
                    : props.value.filter((key) => key !== group.key),
                )
              }
            />
            <span className="truncate">{group.name}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
