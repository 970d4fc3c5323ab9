import { cn } from "@/components/ui/cn";
import {
  CircleCheck,
  CircleX,
  type IconComponent,
  LoaderCircle,
  TriangleExclamationPoint,
  Undo2,
} from "@/components/ui/icons";
import type { OperationStatus } from "@/contract/operation";
import { texts } from "./texts";

const running = { label: texts.running, icon: LoaderCircle, className: "text-primary" };
const statuses: Record<OperationStatus, { label: string; icon: IconComponent; className: string }> = {
  preparing: running,
  committing: running,
  applied: running,
  reverting: { ...running, label: texts.reverting },
  succeeded: { label: texts.succeeded, icon: CircleCheck, className: "text-success" },
  reverted: { label: texts.reverted, icon: Undo2, className: "text-warning" },
  attention: { label: texts.attention, icon: TriangleExclamationPoint, className: "text-danger" },
  failed: { label: texts.failed, icon: CircleX, className: "text-danger" },
};

export function OperationStatusLabel({ status }: { status: OperationStatus }) {
  const { label, icon: Icon, className } = statuses[status];
  return (
    <span className={cn("inline-flex items-center gap-1.5 font-medium whitespace-nowrap", className)}>
      <Icon
        aria-hidden
        className={cn("size-4", Icon === LoaderCircle && "animate-spin motion-reduce:animate-none")}
      />
      {label}
    </span>
  );
}
