"use client";

import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "./select";
import { useQueryParams } from "./use-query-params.ts";

// Radix reserves the empty string for "nothing chosen".
const all = "*";

/** A choice that lives in the query parameter `name`; `any` stands for no filter. */
export function QuerySelect(props: {
  name: string;
  label: string;
  any: string;
  options: { value: string; label: string }[];
}) {
  const { params, set } = useQueryParams();
  return (
    <Select
      value={params.get(props.name) ?? all}
      onValueChange={(value) => set({ [props.name]: value === all ? "" : value })}
    >
      <SelectTrigger aria-label={props.label} className="w-full sm:w-44">
        <SelectValue />
      </SelectTrigger>
      <SelectContent>
        <SelectItem value={all}>{props.any}</SelectItem>
        {props.options.map((option) => (
          <SelectItem key={option.value} value={option.value}>
            {option.label}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  );
}
