export interface RestartPolicy {
  minDelayMs: number;
  maxDelayMs: number;
  /** This many crashes within the window, and the module is started no more until someone says so. */
  quarantineCrashes: number;
  quarantineWindowMs: number;
}

export const defaultRestartPolicy: RestartPolicy = {
  minDelayMs: 200,
  maxDelayMs: 30_000,
  quarantineCrashes: 5,
  quarantineWindowMs: 60_000,
};

export interface CrashHistory {
  /** Times of the crashes within the window, in ms of a clock that nobody sets. */
  times: readonly number[];
  /** Crashes since it last ran for a whole window. */
  streak: number;
}

export const noCrashes: CrashHistory = { times: [], streak: 0 };

export type CrashVerdict = { kind: "retry"; delayMs: number } | { kind: "quarantine" };

/**
 * What to do after a crash at `now` of a process that had listened for `ranMs`.
 * Delays double from `minDelayMs` to `maxDelayMs`, each shortened by up to half so that modules that fell together do
 * not rise together.
 * @param random in [0, 1)
 */
export function afterCrash(
  history: CrashHistory,
  { now, ranMs, random }: { now: number; ranMs: number; random: number },
  policy: RestartPolicy,
): { history: CrashHistory; verdict: CrashVerdict } {
  const times = [...history.times.filter((at) => now - at < policy.quarantineWindowMs), now];
  const streak = ranMs >= policy.quarantineWindowMs ? 1 : history.streak + 1;
  if (times.length >= policy.quarantineCrashes) {
    return { history: { times, streak }, verdict: { kind: "quarantine" } };
  }
  const full = Math.min(policy.maxDelayMs, policy.minDelayMs * 2 ** (streak - 1));
  return { history: { times, streak }, verdict: { kind: "retry", delayMs: full * (1 - random / 2) } };
}
