import type { ReactNode } from "react";
import type { IconComponent } from "@/components/ui/icons";
import { cn } from "./cn";

/** Says what belongs here and what to do so that it comes. */
export function EmptyState(props: {
  icon?: IconComponent;
  title: string;
  /** Where it is all there is on the page, its title is the page's h1. */
  heading?: boolean;
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
}) {
  const Icon = props.icon;
  const Title = props.heading ? "h1" : "p";
  return (
    <div className={cn("grid justify-items-center gap-2 px-4 py-14 text-center", props.className)}>
      {Icon && <Icon aria-hidden className="mb-1 size-6 text-muted-foreground" strokeWidth={1.5} />}
      <Title className="font-medium">{props.title}</Title>
      {props.children && <div className="max-w-sm text-muted-foreground">{props.children}</div>}
      {props.action && <div className="mt-3 flex flex-wrap justify-center gap-2">{props.action}</div>}
    </div>
  );
}
