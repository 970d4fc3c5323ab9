"use client";

import { useState } from "react";
import { RadioChoice, RadioGroup } from "@/components/ui/radio-group";
import type { PlanChange } from "@/contract/plan-change";
import { withData } from "./plan-words";
import { texts } from "./texts";
import { useCreatePlan } from "./use-create-plan";

export interface DataOption {
  value: string;
  title: string;
  description: string;
}

export const uninstallOptions: DataOption[] = [
  {
    value: "keep",
    title: texts.keepData,
    description: texts.keepDataDescription,
  },
  {
    value: "export",
    title: texts.exportData,
    description: texts.exportDataDescription,
  },
  {
    value: "delete",
    title: texts.deleteData,
    description: texts.deleteDataDescription,
  },
];

/** What becomes of a module's data. Another choice is another plan. */
export function DataChoice(props: {
  label: string;
  plan: string;
  changes: PlanChange[];
  module: string;
  value: string;
  options: DataOption[];
}) {
  const plan = useCreatePlan({ from: props.plan, replace: true });
  const [value, setValue] = useState(props.value);
  return (
    <RadioGroup
      aria-label={props.label}
      value={value}
      disabled={plan.isPending}
      className={props.options.length > 2 ? "sm:grid-cols-3" : "sm:grid-cols-2"}
      onValueChange={(next) => {
        setValue(next);
        plan.mutate(withData(props.changes, props.module, next), { onError: () => setValue(props.value) });
      }}
    >
      {props.options.map((option) => (
        <RadioChoice key={option.value} {...option} />
      ))}
    </RadioGroup>
  );
}
