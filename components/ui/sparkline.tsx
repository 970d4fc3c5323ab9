import { cn } from "./cn";

const width = 120;
const height = 28;

/** `values` over time as lines on a 120 × 28 field from zero; a gap where nothing is known. */
export function sparklinePaths(values: (number | null)[], max: number): string[] {
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  const scale = max > 0 ? (height - 3) / max : 0;
  const paths: string[] = [];
  let open = "";
  values.forEach((value, i) => {
    if (value === null) {
      if (open) paths.push(open);
      open = "";
      return;
    }
    const point = `${(i * step).toFixed(1)} ${(height - 1.5 - Math.min(value, max) * scale).toFixed(1)}`;
    open += open ? `L${point}` : `M${point}`;
  });
  if (open) paths.push(open);
  // A lone point has no length; a short stroke makes it visible.
  return paths.map((path) => (path.includes("L") ? path : `${path}h${path.startsWith("M0") ? "" : "-"}1.5`));
}

/** A picture of the course of a figure; `label` says it in words, the figure itself stands beside it. */
export function Sparkline(props: { values: (number | null)[]; label: string; className?: string }) {
  const max = Math.max(0, ...props.values.filter((value) => value !== null));
  return (
    <svg
      role="img"
      aria-label={props.label}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      className={cn("h-7 w-30 overflow-visible text-primary", props.className)}
    >
      <line x1="0" x2={width} y1={height - 0.5} y2={height - 0.5} className="stroke-border" />
      {sparklinePaths(props.values, max).map((path) => (
        <path
          key={path}
          d={path}
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeLinejoin="round"
          strokeLinecap="round"
          vectorEffect="non-scaling-stroke"
        />
      ))}
    </svg>
  );
}
