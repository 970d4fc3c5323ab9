import type { ComponentProps } from "react";
import { cn } from "./cn";

export function Label({
  className,
  htmlFor,
  children,
  ...props
}: ComponentProps<"label"> & { htmlFor: string }) {
  return (
    <label
      htmlFor={htmlFor}
      className={cn("text-[0.8125rem] font-medium leading-none select-none", className)}
      {...props}
    >
      {children}
    </label>
  );
}
