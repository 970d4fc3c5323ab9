import {
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleX,
  LoaderCircle,
  type LucideIcon,
  ShieldAlert,
  TriangleAlert,
} from "lucide-react";
import { cn } from "@/components/ui/cn";

/** What the engine says of a module's process, or `static` for a module that has none. */
export type ModuleState =
  | "starting"
  | "healthy"
  | "degraded"
  | "failing"
  | "stopped"
  | "quarantined"
  | "static"
  | "unknown";

export const moduleStates: Record<ModuleState, { label: string; icon: LucideIcon; className: string }> = {
  healthy: { label: "Healthy", icon: CircleCheck, className: "text-success" },
  degraded: { label: "Degraded", icon: TriangleAlert, className: "text-warning" },
  failing: { label: "Failing", icon: CircleX, className: "text-danger" },
  quarantined: { label: "Quarantined", icon: ShieldAlert, className: "text-danger" },
  starting: { label: "Starting", icon: LoaderCircle, className: "text-muted-foreground" },
  stopped: { label: "Stopped", icon: CirclePause, className: "text-muted-foreground" },
  static: { label: "No process", icon: CircleDashed, className: "text-muted-foreground" },
  unknown: { label: "Not known yet", icon: CircleDashed, className: "text-muted-foreground" },
};

/** Icon and word together: the colour never stands alone. */
export function ModuleStateLabel({ state, className }: { state: ModuleState; className?: string }) {
  const { label, icon: Icon, className: tone } = moduleStates[state];
  return (
    <span className={cn("inline-flex items-center gap-1.5 font-medium whitespace-nowrap", tone, className)}>
      <Icon aria-hidden className="size-4 shrink-0" />
      {label}
    </span>
  );
}
