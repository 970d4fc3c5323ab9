import type { ComponentProps } from "react";
import { ChevronDown } from "@/components/ui/icons";
import { cn } from "./cn";
import { controlClasses } from "./input";

/** The browser's own list: hundreds of entries, found by typing, as a phone shows them best. */
export function NativeSelect({ className, ...props }: ComponentProps<"select">) {
  return (
    <div className="relative">
      <select
        className={cn(controlClasses, "h-8 appearance-none pr-9 pointer-coarse:h-10", className)}
        {...props}
      />
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-3 -mt-2 size-4 text-muted-foreground"
      />
    </div>
  );
}
