import type { Moments } from "./confidence-sequence.ts";
import type { GoalKind } from "./types.ts";

export interface Exposure {
  userId: string;
  variant: string;
  /** Milliseconds since 1970, as below. */
  at: number;
}

export interface GoalEvent {
  userId: string;
  value: number;
  at: number;
}

export interface Snapshot {
  at: number;
  /** In the order of `variants`. */
  moments: Moments[];
}

/**
 * How the figures stood at each of `looks`, which ascend. Both lists are in the order of time; events of users without an
 * exposure, or before it, count for nothing.
 */
export function replay(
  variants: readonly string[],
  kind: GoalKind,
  { exposures, events }: { exposures: readonly Exposure[]; events: readonly GoalEvent[] },
  looks: readonly number[],
): Snapshot[] {
  const moments = variants.map((): Moments => ({ users: 0, sum: 0, squares: 0 }));
  const users = new Map<string, { moments: Moments; figure: number }>();
  let nextExposure = 0;
  let nextEvent = 0;

  function expose({ userId, variant }: Exposure) {
    const own = moments[variants.indexOf(variant)];
    if (own === undefined || users.has(userId)) return;
    own.users += 1;
    users.set(userId, { moments: own, figure: 0 });
  }
  function reach({ userId, value }: GoalEvent) {
    const user = users.get(userId);
    if (user === undefined || (kind === "conversion" && user.figure === 1)) return;
    const figure = kind === "value" ? user.figure + value : user.figure + 1;
    user.moments.sum += figure - user.figure;
    user.moments.squares += figure * figure - user.figure * user.figure;
    user.figure = figure;
  }

  return looks.map((at) => {
    for (;;) {
      const exposure = exposures[nextExposure];
      const event = events[nextEvent];
      // At the same instant the exposure comes first, as in the code that made both.
      if (exposure !== undefined && exposure.at <= at && (event === undefined || exposure.at <= event.at)) {
        expose(exposure);
        nextExposure += 1;
      } else if (event !== undefined && event.at <= at) {
        reach(event);
        nextEvent += 1;
      } else break;
    }
    return { at, moments: moments.map((own) => ({ ...own })) };
  });
}

/** About `count` instants from the start to now, the last one exactly now. */
export function looksBetween(start: number, end: number, count: number): number[] {
  const step = Math.max(1, (end - start) / count);
  const looks: number[] = [];
  for (let i = 1; start + i * step < end && i < count; i++) looks.push(Math.round(start + i * step));
  return [...looks, end];
}
