"use client";

import * as Primitive from "@radix-ui/react-dialog";
import type { ComponentProps } from "react";
import { X } from "@/components/ui/icons";
import { cn } from "./cn";
import { texts } from "./texts";
import { useReturnFocus } from "./use-return-focus";

export const Sheet = Primitive.Root;
export const SheetTitle = Primitive.Title;

const sides = {
  left: "inset-y-0 left-0 w-72 max-w-[85vw] border-r [--sheet-from:-12px]",
  right: "inset-y-0 right-0 w-full max-w-md border-l [--sheet-from:12px]",
};

export function SheetContent({
  className,
  children,
  side = "left",
  ...props
}: ComponentProps<typeof Primitive.Content> & { side?: keyof typeof sides }) {
  const focus = useReturnFocus();
  return (
    <Primitive.Portal>
      <Primitive.Overlay className="fixed inset-0 z-50 bg-black/40 dark:bg-black/60" />
      <Primitive.Content
        {...focus}
        className={cn(
          "fixed z-50 flex animate-sheet flex-col bg-popover text-popover-foreground shadow-xl outline-none",
          sides[side],
          className,
        )}
        {...props}
      >
        {children}
        <Primitive.Close
          aria-label={texts.close}
          className="absolute top-3 right-3 grid size-8 place-items-center rounded-md text-muted-foreground hover:bg-accent hover:text-foreground"
        >
          <X aria-hidden className="size-4" />
        </Primitive.Close>
      </Primitive.Content>
    </Primitive.Portal>
  );
}
