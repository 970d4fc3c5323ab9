import { cn } from "@/components/ui/cn";
import { Time } from "@/components/ui/time";
import { areaPaths, linePaths, niceTicks, plot, rangeOf } from "./chart-geometry.ts";
import { texts } from "./texts.ts";

export interface ChartLine {
  name: string;
  values: (number | null)[];
  /** An interval around the line. */
  low?: (number | null)[];
  high?: (number | null)[];
}

// Told apart by their dashes too, never by colour alone.
const strokes = [
  { className: "text-muted-foreground", dash: "5 4" },
  { className: "text-primary", dash: "none" },
  { className: "text-success", dash: "2 3" },
  { className: "text-warning", dash: "9 3" },
  { className: "text-danger", dash: "9 3 2 3" },
];

/** Lines over time with both axes named by figures; the same figures stand in a table beside. */
export function LineChart(props: {
  label: string;
  times: string[];
  lines: ChartLine[];
  format: (value: number) => string;
  /** Marks 0, and keeps it in the picture in the middle of what is shown. */
  zero?: boolean;
  /** Counts: no tick between two of them. */
  whole?: boolean;
}) {
  const { times, lines } = props;
  const range = rangeOf(lines);
  if (range === null) return <p className="text-muted-foreground">{texts.nothingToDraw}</p>;
  const ticks = niceTicks(range.min, range.max, props.whole ? 1 : 0);
  const [bottom, top] = [ticks[0] ?? 0, ticks.at(-1) ?? 1];
  const at = (value: number) => plot.bottom - ((value - bottom) / (top - bottom)) * (plot.bottom - plot.top);
  const single = lines.length === 1;
  return (
    <figure className="grid min-w-0 gap-1">
      <div className="grid h-44 max-w-3xl grid-cols-[auto_minmax(0,1fr)] gap-x-2 sm:h-56">
        <div
          aria-hidden="true"
          className="grid text-right text-[0.6875rem] leading-none text-muted-foreground"
        >
          {ticks.map((tick) => (
            <span
              key={tick}
              className="relative h-0 tabular-nums [grid-area:1/1]"
              style={{ top: `${(at(tick) / plot.height) * 100}%` }}
            >
              <span className="block -translate-y-1/2">{props.format(tick)}</span>
            </span>
          ))}
        </div>
        <svg
          role="img"
          aria-label={props.label}
          viewBox={`0 0 ${plot.width} ${plot.height}`}
          preserveAspectRatio="none"
          className="size-full *:[vector-effect:non-scaling-stroke] [&_path]:[vector-effect:non-scaling-stroke]"
        >
          {ticks.map((tick) => (
            <line
              key={tick}
              x1={plot.left}
              x2={plot.right}
              y1={at(tick)}
              y2={at(tick)}
              className={props.zero && tick === 0 ? "stroke-foreground/60" : "stroke-border"}
            />
          ))}
          {lines.map((line, i) => {
            const stroke = strokes[(single ? 1 : i) % strokes.length];
            return (
              <g key={line.name} className={stroke?.className}>
                {line.low === undefined || line.high === undefined
                  ? null
                  : areaPaths(line.low, line.high, at).map((path) => (
                      <path key={path} d={path} fill="currentColor" fillOpacity="0.14" stroke="none" />
                    ))}
                {linePaths(line.values, at).map((path) => (
                  <path
                    key={path}
                    d={path}
                    fill="none"
                    stroke="currentColor"
                    strokeWidth="1.75"
                    strokeLinejoin="round"
                    strokeLinecap="round"
                    strokeDasharray={stroke?.dash}
                  />
                ))}
              </g>
            );
          })}
        </svg>
      </div>
      <figcaption className="flex max-w-3xl flex-wrap justify-between gap-x-4 gap-y-1 text-xs text-muted-foreground">
        <span>{times[0] === undefined ? null : <Time value={times[0]} />}</span>
        {single ? null : (
          <span className="flex flex-wrap gap-x-4">
            {lines.map(({ name }, i) => (
              <span key={name} className="flex items-center gap-1.5">
                <svg
                  aria-hidden="true"
                  width="22"
                  height="6"
                  className={cn(strokes[i % strokes.length]?.className)}
                >
                  <line
                    x1="1"
                    x2="21"
                    y1="3"
                    y2="3"
                    stroke="currentColor"
                    strokeWidth="2"
                    strokeDasharray={strokes[i % strokes.length]?.dash}
                  />
                </svg>
                <span className="font-mono text-foreground">{name}</span>
              </span>
            ))}
          </span>
        )}
        <span>{times.at(-1) === undefined ? null : <Time value={times.at(-1) ?? ""} />}</span>
      </figcaption>
    </figure>
  );
}
