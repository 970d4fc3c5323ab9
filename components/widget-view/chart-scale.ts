import { dateTimeFormat } from "@/components/ui/intl.ts";

/** Round numbers from below the least to above the greatest value; always with zero, so that lengths tell the truth. */
export function valueTicks(values: readonly (number | null)[], wanted = 4): number[] {
  const known = values.filter((value) => value !== null);
  const least = Math.min(0, ...known);
  // Where all is zero there is still an axis.
  const greatest = Math.max(0, ...known) || (least === 0 ? 1 : 0);
  const span = greatest - least;
  const rough = span / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((each) => each >= rough) ?? rough;
  const from = Math.floor(least / step);
  const to = Math.max(from + 1, Math.ceil(greatest / step - 1e-9));
  return Array.from({ length: to - from + 1 }, (_, i) => Number(((from + i) * step).toPrecision(12)));
}

/** Which of `count` places along the x axis are named, at most `most`, evenly, the first among them. */
export function labelledPlaces(count: number, most: number): number[] {
  if (count === 0) return [];
  const every = Math.max(1, Math.ceil(count / Math.max(1, most)));
  return Array.from({ length: Math.ceil(count / every) }, (_, i) => i * every);
}

/** Where each x stands, from 0 to 1: by time, or evenly. */
export function places(x: { type: "time" | "category"; values: readonly string[] }): number[] {
  const count = x.values.length;
  if (x.type === "category" || count < 2) return x.values.map((_, i) => (i + 0.5) / count);
  const times = x.values.map((value) => Date.parse(value));
  const from = Math.min(...times);
  const span = Math.max(...times) - from || 1;
  return times.map((at) => (at - from) / span);
}

/** A line through the known points; a gap where nothing is known. */
export function linePaths(
  points: readonly ({ x: number; y: number } | null)[],
): { x: number; y: number }[][] {
  const runs: { x: number; y: number }[][] = [];
  let open = false;
  for (const point of points) {
    if (point === null) {
      open = false;
      continue;
    }
    if (open) runs.at(-1)?.push(point);
    else runs.push([point]);
    open = true;
  }
  return runs;
}

/** How an x is written: a day alone when every time is midnight or a date, else with the hour. */
export function timeFormat(
  values: readonly string[],
  locale: string | undefined,
  timeZone: string | undefined,
) {
  const days = values.every((value) => /^\d{4}-\d\d-\d\d$/.test(value));
  const times = values.map((value) => Date.parse(value));
  const spanDays = (Math.max(...times) - Math.min(...times)) / 86_400_000;
  const style: Intl.DateTimeFormatOptions =
    days || spanDays > 3
      ? spanDays > 400
        ? { year: "numeric", month: "short" }
        : { day: "numeric", month: "short" }
      : { hour: "2-digit", minute: "2-digit", ...(spanDays > 1 ? { weekday: "short" } : {}) };
  // A day without a time is that day everywhere.
  const format = dateTimeFormat(locale, { ...style, timeZone: days ? "UTC" : timeZone });
  return (value: string) => format.format(new Date(value));
}
