import { cn } from "@/components/ui/cn";
import { formatMs } from "@/components/ui/format";
import { Check, Circle, type IconComponent, LoaderCircle, Minus, X } from "@/components/ui/icons";
import type { OperationStep } from "@/contract/operation";
import { texts } from "./texts";

const icons: Record<OperationStep["status"], { icon: IconComponent; className: string; label: string }> = {
  pending: { icon: Circle, className: "text-muted-foreground/50", label: texts.waiting },
  running: {
    icon: LoaderCircle,
    className: "animate-spin text-primary motion-reduce:animate-none",
    label: texts.runningStep,
  },
  done: { icon: Check, className: "text-success", label: texts.done },
  failed: { icon: X, className: "text-danger", label: texts.failedStep },
  skipped: { icon: Minus, className: "text-muted-foreground", label: texts.notNeeded },
};

/** Each step with its time, as a share of the longest one. */
export function StepList({ steps }: { steps: OperationStep[] }) {
  const longest = Math.max(1, ...steps.map((step) => step.ms ?? 0));
  return (
    <ol className="divide-y">
      {steps.map((step, i) => {
        const { icon: Icon, className, label } = icons[step.status];
        const quiet = step.status === "pending" || step.status === "skipped";
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step may come twice for a module; their order is fixed
          <li key={`${step.name}${step.module}${i}`} className="grid gap-1 py-2">
            <div className="flex min-h-6 items-center gap-3">
              <Icon aria-hidden className={cn("size-4 shrink-0", className)} strokeWidth={2.25} />
              <span className={cn("min-w-0 flex-1", quiet && "text-muted-foreground")}>
                {step.title}
                <span className="sr-only">{texts.stepStatus(label)}</span>
              </span>
              {step.ms !== null && (
                <>
                  <span
                    aria-hidden
                    className="hidden h-1 w-24 overflow-hidden rounded-full bg-muted sm:block"
                  >
                    <span
                      className="block h-full rounded-full bg-muted-foreground/45"
                      style={{ width: `${Math.max(2, (step.ms / longest) * 100)}%` }}
                    />
                  </span>
                  <span className="tabular w-16 text-right text-muted-foreground">{formatMs(step.ms)}</span>
                </>
              )}
            </div>
            {step.error && <p className="ml-7 text-danger">{step.error}</p>}
          </li>
        );
      })}
    </ol>
  );
}
