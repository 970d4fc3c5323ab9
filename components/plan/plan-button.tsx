"use client";

import type { ReactNode } from "react";
import { Button, type ButtonProps } from "@/components/ui/button";
import type { PlanChange } from "@/contract/plan-change";
import { useCreatePlan } from "./use-create-plan";

/** Shows what the changes would do, on a plan's own page; applies nothing yet. */
export function PlanButton(props: {
  changes: PlanChange[];
  children: ReactNode;
  from?: string;
  replace?: boolean;
  variant?: ButtonProps["variant"];
  size?: ButtonProps["size"];
  "aria-label"?: string;
}) {
  const plan = useCreatePlan({ from: props.from, replace: props.replace ?? false });
  return (
    <Button
      variant={props.variant}
      size={props.size}
      aria-label={props["aria-label"]}
      pending={plan.isPending || plan.isSuccess}
      onClick={() => plan.mutate(props.changes)}
    >
      {props.children}
    </Button>
  );
}
