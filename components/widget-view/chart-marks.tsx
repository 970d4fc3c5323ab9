import type { ChartAnswer } from "@/sdk/views/index.ts";
import { linePaths } from "./chart-scale.ts";
import { seriesColours } from "./series-colours.ts";

interface MarksProps {
  type: ChartAnswer["type"];
  series: ChartAnswer["series"];
  /** Pixels from the left, one for each value. */
  xs: number[];
  yOf(value: number): number;
  /** Pixels between two neighbours. */
  slotPx: number;
}

/** Lines, areas or bars, each series in its own colour. */
export function ChartMarks({ type, series, xs, yOf, slotPx }: MarksProps) {
  return series.map(({ name, values }, nth) => (
    <g key={name} className={seriesColours[nth]}>
      {type === "bar" ? (
        <Bars values={values} nth={nth} of={series.length} {...{ xs, yOf, slotPx }} />
      ) : (
        <Lines values={values} filled={type === "area"} {...{ xs, yOf }} />
      )}
    </g>
  ));
}

function Bars(props: {
  values: (number | null)[];
  nth: number;
  of: number;
  xs: number[];
  yOf(value: number): number;
  slotPx: number;
}) {
  const { values, nth, of, xs, yOf } = props;
  const group = Math.min(props.slotPx * 0.72, 48 * of);
  const wide = group / of;
  return values.map((value, i) => {
    if (value === null) return null;
    const [from, to] = [yOf(Math.max(0, value)), yOf(Math.min(0, value))];
    const x = (xs[i] ?? 0) - group / 2 + nth * wide;
    return (
      <rect
        // biome-ignore lint/suspicious/noArrayIndexKey: a bar is known by its place
        key={i}
        {...{ x, y: from, width: Math.max(1, wide - 1), height: Math.max(value === 0 ? 0 : 1, to - from) }}
        rx={Math.min(2, wide / 4)}
        fill="currentColor"
      />
    );
  });
}

function Lines(props: {
  values: (number | null)[];
  filled: boolean;
  xs: number[];
  yOf(value: number): number;
}) {
  const { values, filled, xs, yOf } = props;
  const points = values.map((value, i) => (value === null ? null : { x: xs[i] ?? 0, y: yOf(value) }));
  return linePaths(points).map((run) => {
    const [first] = run;
    const last = run.at(-1);
    if (first === undefined || last === undefined) return null;
    if (run.length === 1) return <circle key={first.x} cx={first.x} cy={first.y} r="2" fill="currentColor" />;
    const line = run.map(({ x, y }, i) => `${i === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
    const floor = yOf(0).toFixed(1);
    return (
      <g key={first.x}>
        {filled ? (
          <path
            d={`${line}L${last.x.toFixed(1)} ${floor}L${first.x.toFixed(1)} ${floor}Z`}
            fill="currentColor"
            opacity="0.14"
          />
        ) : null}
        <path d={line} fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinejoin="round" />
      </g>
    );
  });
}
