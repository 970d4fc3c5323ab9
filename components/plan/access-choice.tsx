"use client";

import { useState } from "react";
import { AccessFields } from "@/components/access/access-fields";
import { Spinner } from "@/components/ui/spinner";
import type { AccessSetting } from "@/contract/access";
import type { GroupWithSize } from "@/contract/people";
import type { PlanChange } from "@/contract/plan-change";
import { withAccess } from "./plan-words";
import { texts } from "./texts";
import { useCreatePlan } from "./use-create-plan";

/** Who will get what is installed. Another choice is another plan, so that what is shown is what is applied. */
export function AccessChoice(props: {
  plan: string;
  changes: PlanChange[];
  access: AccessSetting;
  groups: GroupWithSize[];
}) {
  const plan = useCreatePlan({ from: props.plan, replace: true });
  const [value, setValue] = useState(props.access);
  const [choosing, setChoosing] = useState(false);
  function choose(access: AccessSetting) {
    setChoosing(false);
    setValue(access);
    plan.mutate(withAccess(props.changes, access), { onError: () => setValue(props.access) });
  }
  return (
    <div className="flex items-start gap-3">
      <AccessFields
        label={texts.accessTitle}
        value={value}
        choosing={choosing ? "groups" : null}
        groups={props.groups}
        disabled={plan.isPending}
        onMode={(mode) => {
          if (mode === "groups") setChoosing(true);
          else if (mode !== "rules" && mode !== "module") choose({ mode });
        }}
        onGroups={(groups) =>
          groups.length > 0 ? choose({ mode: "groups", groups }) : choose({ mode: "nobody" })
        }
      />
      {plan.isPending && <Spinner className="mt-2 text-muted-foreground" />}
    </div>
  );
}
