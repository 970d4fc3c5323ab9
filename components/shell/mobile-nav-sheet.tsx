"use client";

import type { ReactNode } from "react";
import { Sheet, SheetContent, SheetTitle } from "@/components/ui/sheet";
import { navigationScroll } from "./scroll-to-entry";
import { texts } from "./texts";

export function MobileNavSheet(props: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  children: ReactNode;
}) {
  return (
    <Sheet open={props.open} onOpenChange={props.onOpenChange}>
      <SheetContent aria-describedby={undefined}>
        <SheetTitle className="flex h-14 shrink-0 items-center px-4 font-semibold">
          {texts.product}
        </SheetTitle>
        <div {...navigationScroll} className="min-h-0 flex-1 overflow-y-auto px-2 pb-4">
          {props.children}
        </div>
      </SheetContent>
    </Sheet>
  );
}
