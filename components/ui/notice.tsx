import type { ReactNode } from "react";
import {
  CircleCheck,
  CircleExclamationPoint,
  type IconComponent,
  Info,
  TriangleExclamationPoint,
} from "@/components/ui/icons";
import { cn } from "./cn";

const tones: Record<string, { icon: IconComponent; className: string }> = {
  info: { icon: Info, className: "border-border bg-muted [&>svg]:text-muted-foreground" },
  success: { icon: CircleCheck, className: "border-success/30 bg-success/6 [&>svg]:text-success" },
  warning: {
    icon: TriangleExclamationPoint,
    className: "border-warning/35 bg-warning/6 [&>svg]:text-warning",
  },
  danger: { icon: CircleExclamationPoint, className: "border-danger/30 bg-danger/6 [&>svg]:text-danger" },
};

/** A message that stays on the page. `live` announces it when it appears. */
export function Notice(props: {
  tone?: "info" | "success" | "warning" | "danger";
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  live?: boolean;
  className?: string;
}) {
  const tone = tones[props.tone ?? "info"] ?? tones.info;
  const Icon = tone?.icon ?? Info;
  return (
    <div
      role={props.live ? "alert" : undefined}
      className={cn("flex items-start gap-3 rounded-lg border px-4 py-3", tone?.className, props.className)}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="grid min-w-0 flex-1 gap-1">
        <p className="font-medium">{props.title}</p>
        {props.children && <div className="min-w-0 text-muted-foreground">{props.children}</div>}
      </div>
      {props.action}
    </div>
  );
}
