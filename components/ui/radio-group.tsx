"use client";

import * as Primitive from "@radix-ui/react-radio-group";
import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "./cn";

export function RadioGroup({ className, ...props }: ComponentProps<typeof Primitive.Root>) {
  return <Primitive.Root className={cn("grid gap-2", className)} {...props} />;
}

/** One choice with its explanation; the whole row is the target. */
export function RadioChoice(props: {
  value: string;
  title: ReactNode;
  description?: ReactNode;
  disabled?: boolean;
}) {
  const id = useId();
  return (
    <label
      htmlFor={id}
      className="flex items-start gap-3 rounded-lg border p-3 transition-colors hover:bg-muted has-data-[state=checked]:border-primary has-data-[state=checked]:bg-primary/5 has-disabled:opacity-55"
    >
      <Primitive.Item
        id={id}
        value={props.value}
        disabled={props.disabled}
        className="mt-0.5 grid size-4 shrink-0 place-items-center rounded-full border border-input bg-background data-[state=checked]:border-primary"
      >
        <Primitive.Indicator className="size-2 rounded-full bg-primary" />
      </Primitive.Item>
      <span className="grid gap-0.5">
        <span className="font-medium">{props.title}</span>
        {props.description && <span className="text-muted-foreground">{props.description}</span>}
      </span>
    </label>
  );
}
