import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "./cn";

const badgeVariants = cva(
  "inline-flex h-5 w-fit shrink-0 items-center gap-1 rounded-full border px-2 text-xs font-medium whitespace-nowrap [&_svg]:size-3",
  {
    variants: {
      tone: {
        neutral: "text-muted-foreground",
        solid: "border-transparent bg-muted text-foreground",
        primary: "border-primary/30 bg-primary/8 text-primary",
        success: "border-success/30 bg-success/8 text-success",
        warning: "border-warning/35 bg-warning/8 text-warning",
        danger: "border-danger/30 bg-danger/8 text-danger",
      },
    },
    defaultVariants: { tone: "neutral" },
  },
);

export function Badge({
  className,
  tone,
  ...props
}: ComponentProps<"span"> & VariantProps<typeof badgeVariants>) {
  return <span className={cn(badgeVariants({ tone }), className)} {...props} />;
}
