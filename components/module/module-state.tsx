import { cn } from "@/components/ui/cn";
import {
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleX,
  type IconComponent,
  LoaderCircle,
  ShieldExclamationPoint,
  TriangleExclamationPoint,
} from "@/components/ui/icons";
import type { ModuleStateView } from "@/contract/health";
import { texts } from "./texts";

export const moduleStates: Record<
  ModuleStateView,
  { label: string; icon: IconComponent; className: string }
> = {
  healthy: { label: texts.healthy, icon: CircleCheck, className: "text-success" },
  degraded: { label: texts.degraded, icon: TriangleExclamationPoint, className: "text-warning" },
  failing: { label: texts.failing, icon: CircleX, className: "text-danger" },
  quarantined: { label: texts.quarantined, icon: ShieldExclamationPoint, className: "text-danger" },
  starting: { label: texts.starting, icon: LoaderCircle, className: "text-muted-foreground" },
  stopped: { label: texts.stopped, icon: CirclePause, className: "text-muted-foreground" },
  static: { label: texts.noProcess, icon: CircleDashed, className: "text-muted-foreground" },
  unknown: { label: texts.unknown, icon: CircleDashed, className: "text-muted-foreground" },
};

/** Icon and word together: the colour never stands alone. */
export function ModuleStateLabel({ state, className }: { state: ModuleStateView; className?: string }) {
  const { label, icon: Icon, className: tone } = moduleStates[state];
  return (
    <span className={cn("inline-flex items-center gap-1.5 font-medium whitespace-nowrap", tone, className)}>
      <Icon aria-hidden className="size-4 shrink-0" />
      {label}
    </span>
  );
}
