"use client";

import { useState } from "react";
import { RadioChoice, RadioGroup } from "@/components/ui/radio-group";
import type { PlanChange } from "@/contract/plan-change";
import { withSettings } from "./plan-words";
import { texts } from "./texts";
import { useCreatePlan } from "./use-create-plan";

/** Whether access and settings of modules that stay go back too. Another choice is another plan. */
export function SettingsChoice(props: { plan: string; changes: PlanChange[]; chosen: boolean }) {
  const { changes, chosen } = props;
  const plan = useCreatePlan({ from: props.plan, replace: true });
  const [value, setValue] = useState(chosen ? "back" : "stay");
  return (
    <RadioGroup
      aria-label={texts.accessAndSettings}
      value={value}
      disabled={plan.isPending}
      className="sm:grid-cols-2"
      onValueChange={(next) => {
        setValue(next);
        plan.mutate(withSettings(changes, next === "back"), { onError: () => setValue(value) });
      }}
    >
      <RadioChoice value="stay" title={texts.keepSettings} description={texts.keepSettingsDescription} />
      <RadioChoice
        value="back"
        title={texts.restoreSettings}
        description={texts.restoreSettingsDescription}
      />
    </RadioGroup>
  );
}
