/** In the units of the picture's own field, which is stretched to the room there is. */
export const plot = { width: 720, height: 220, left: 2, right: 718, top: 10, bottom: 210 };

/** Round figures from at or below `min` to at or above `max`, seven at most, no closer than `least`. */
export function niceTicks(min: number, max: number, least = 0): number[] {
  const span = max - min || 1;
  const power = 10 ** Math.floor(Math.log10(span / 4));
  const sizes = [1, 2, 5, 10].map((factor) => factor * power);
  const step = Math.max(least, sizes.find((size) => span / size <= 5) ?? 10 * power);
  const first = Math.floor(min / step);
  const last = Math.max(first + 1, Math.ceil(max / step - 1e-9));
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

interface Course {
  values: readonly (number | null)[];
  low?: readonly (number | null)[];
  high?: readonly (number | null)[];
}

/**
 * What the picture has to hold: every value, and the intervals without the first quarter of them. With few users they
 * are so wide that the later ones would be flat beside them; they are cut off at the edge.
 */
export function rangeOf(courses: readonly Course[]): { min: number; max: number } | null {
  const known = courses.flatMap(({ values, low = [], high = [] }) => {
    const bounds = [low, high].flatMap((bound) => {
      const found = bound.filter((value) => value !== null);
      return found.slice(Math.floor(found.length / 4));
    });
    return [...values.filter((value) => value !== null), ...bounds];
  });
  return known.length === 0 ? null : { min: Math.min(0, ...known), max: Math.max(0, ...known) };
}

type At = (value: number) => number;

function x(i: number, count: number): string {
  const step = count > 1 ? (plot.right - plot.left) / (count - 1) : 0;
  return (plot.left + i * step).toFixed(1);
}

/** Runs of what is known, as positions; a gap in what is known is a gap in the line. */
function runs(known: boolean[]): number[][] {
  const found: number[][] = [];
  known.forEach((is, i) => {
    if (!is) return;
    if (i > 0 && known[i - 1]) found.at(-1)?.push(i);
    else found.push([i]);
  });
  return found;
}

export function linePaths(values: readonly (number | null)[], at: At): string[] {
  return runs(values.map((value) => value !== null)).map((run) => {
    const points = run.map((i) => `${x(i, values.length)} ${at(values[i] as number).toFixed(1)}`);
    // A lone point has no length; a short stroke makes it visible.
    return run.length === 1 ? `M${points[0]}h-2` : `M${points.join("L")}`;
  });
}

export function areaPaths(
  low: readonly (number | null)[],
  high: readonly (number | null)[],
  at: At,
): string[] {
  const known = low.map((value, i) => value !== null && (high[i] ?? null) !== null);
  return runs(known).map((run) => {
    const upper = run.map((i) => `${x(i, low.length)} ${at(high[i] as number).toFixed(1)}`);
    const lower = run.toReversed().map((i) => `${x(i, low.length)} ${at(low[i] as number).toFixed(1)}`);
    return `M${[...upper, ...lower].join("L")}Z`;
  });
}
