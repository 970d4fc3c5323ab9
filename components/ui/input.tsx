import type { ComponentProps } from "react";
import { cn } from "./cn";

export const controlClasses =
  "w-full min-w-0 rounded-md border border-input/70 bg-background px-3 text-sm shadow-xs transition-colors placeholder:text-muted-foreground hover:border-input focus-visible:border-ring focus-visible:outline-1 focus-visible:outline-offset-0 disabled:cursor-not-allowed disabled:opacity-55 aria-invalid:border-danger pointer-coarse:text-base";

export function Input({ className, type = "text", ...props }: ComponentProps<"input">) {
  return (
    <input type={type} className={cn(controlClasses, "h-8 pointer-coarse:h-10", className)} {...props} />
  );
}

export function Textarea({ className, ...props }: ComponentProps<"textarea">) {
  return <textarea className={cn(controlClasses, "min-h-20 py-2", className)} {...props} />;
}
