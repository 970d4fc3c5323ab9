import type { Moments } from "./confidence-sequence.ts";

/** How the figures stood at one look. */
export interface Snapshot {
  at: number;
  /** In the order of the variants. */
  moments: Moments[];
}

/** What one variant gained between one look and the one before. */
export interface Gain extends Partial<Moments> {
  variant: string;
  /** Index of the look. */
  look: number;
}

/** Gains, in any order, added up from look to look. */
export function accumulate(
  variants: readonly string[],
  gains: readonly Gain[],
  looks: readonly number[],
): Snapshot[] {
  const own = looks.map(() => variants.map((): Moments => ({ users: 0, sum: 0, squares: 0 })));
  for (const { variant, look, users = 0, sum = 0, squares = 0 } of gains) {
    const moments = own[look]?.[variants.indexOf(variant)];
    if (moments === undefined) continue;
    moments.users += users;
    moments.sum += sum;
    moments.squares += squares;
  }
  return own.map((moments, i) => {
    for (const [v, one] of moments.entries()) {
      const before = own[i - 1]?.[v];
      if (before === undefined) continue;
      one.users += before.users;
      one.sum += before.sum;
      one.squares += before.squares;
    }
    return { at: looks[i] as number, moments };
  });
}

/** About `count` instants from the start to now, the last one exactly now. */
export function looksBetween(start: number, end: number, count: number): number[] {
  const step = Math.max(1, (end - start) / count);
  const looks: number[] = [];
  for (let i = 1; start + i * step < end && i < count; i++) looks.push(Math.round(start + i * step));
  return [...looks, end];
}
