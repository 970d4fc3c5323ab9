"use client";

import * as Primitive from "@radix-ui/react-checkbox";
import type { ComponentProps } from "react";
import { Check, Minus } from "@/components/ui/icons";
import { cn } from "./cn";

export function Checkbox({ className, ...props }: ComponentProps<typeof Primitive.Root>) {
  return (
    <Primitive.Root
      className={cn(
        // The pseudo-element makes the target 24 px while the box stays 16 px.
        "peer relative grid size-4 shrink-0 place-items-center rounded-[4px] border border-input bg-background transition-colors after:absolute after:-inset-1 disabled:opacity-55 data-[state=checked]:border-primary data-[state=checked]:bg-primary data-[state=checked]:text-primary-foreground data-[state=indeterminate]:border-primary data-[state=indeterminate]:bg-primary data-[state=indeterminate]:text-primary-foreground",
        className,
      )}
      {...props}
    >
      <Primitive.Indicator className="group">
        <Check aria-hidden className="size-3 group-data-[state=indeterminate]:hidden" strokeWidth={3} />
        <Minus aria-hidden className="hidden size-3 group-data-[state=indeterminate]:block" strokeWidth={3} />
      </Primitive.Indicator>
    </Primitive.Root>
  );
}
