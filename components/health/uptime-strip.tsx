import { cn } from "@/components/ui/cn";
import type { HealthPoint, ModuleStateView } from "@/contract/health";
import { texts } from "./texts";

export type UptimePoint = Pick<HealthPoint, "at" | "state">;

// Height tells the state as well as the colour: a failing bucket is a low red bar, an unknown one a dot on the line.
const bars: Partial<Record<ModuleStateView, { height: number; className: string }>> = {
  healthy: { height: 24, className: "fill-success/75" },
  degraded: { height: 16, className: "fill-warning" },
  failing: { height: 9, className: "fill-danger" },
  quarantined: { height: 9, className: "fill-danger" },
  starting: { height: 16, className: "fill-muted-foreground/50" },
  stopped: { height: 4, className: "fill-muted-foreground/50" },
};
const unknown = { height: 2, className: "fill-border" };

/** One bar per bucket over the last day, newest at the right; the share stands beside it. */
export function UptimeStrip(props: { points: UptimePoint[]; uptime: number | null; className?: string }) {
  const counts = new Map<string, number>();
  for (const point of props.points) counts.set(point.state, (counts.get(point.state) ?? 0) + 1);
  const bad = (counts.get("failing") ?? 0) + (counts.get("quarantined") ?? 0);
  const words = props.uptime === null ? texts.noProbes : upWords(props.uptime, bad, props.points.length);
  const slot = 480 / Math.max(1, props.points.length);
  return (
    <svg
      role="img"
      aria-label={words}
      viewBox="0 0 480 24"
      preserveAspectRatio="none"
      className={cn("h-6 w-full min-w-24", props.className)}
    >
      {props.points.map((point, i) => {
        const bar = bars[point.state] ?? unknown;
        return (
          <rect
            key={point.at}
            x={i * slot}
            y={24 - bar.height}
            width={Math.max(1, slot - 1.2)}
            height={bar.height}
            className={bar.className}
          />
        );
      })}
    </svg>
  );
}

function upWords(share: number, failing: number, intervals: number): string {
  return failing > 0 ? texts.upWithFailures(share, failing, intervals) : texts.up(share);
}
