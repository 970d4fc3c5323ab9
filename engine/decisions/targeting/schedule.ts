import type { Json } from "../../core/index.ts";

// The longest a timer can wait.
const longestMs = 2 ** 31 - 1;

export interface Schedule {
  /** From now on these rules; replaces those before. */
  follow(targetings: readonly (Json | undefined)[]): void;
  stop(): void;
}

/** Calls back when a date that stands in a rule has come. */
export function createSchedule(onTime: () => void, now: () => number = Date.now): Schedule {
  let times: number[] = [];
  let timer: NodeJS.Timeout | undefined;

  function wait() {
    clearTimeout(timer);
    times = times.filter((at) => at > now());
    const next = Math.min(...times);
    if (next === Number.POSITIVE_INFINITY) return;
    timer = setTimeout(
      () => {
        if (next <= now()) onTime();
        wait();
      },
      Math.min(next - now(), longestMs),
    ).unref();
  }
  return {
    follow(targetings) {
      times = targetings.flatMap((targeting) => timesIn(targeting).map((seconds) => seconds * 1000));
      wait();
    },
    stop: () => clearTimeout(timer),
  };
}

/** Seconds since 1970 with which the clock is compared. */
function timesIn(logic: Json | undefined): number[] {
  if (typeof logic !== "object" || logic === null) return [];
  if (!Array.isArray(logic)) return Object.values(logic).flatMap(timesIn);
  const timed = logic.some(
    (part) =>
      typeof part === "object" && part !== null && !Array.isArray(part) && part.var === "$flagd.timestamp",
  );
  if (timed) return logic.filter((part): part is number => typeof part === "number");
  return logic.flatMap(timesIn);
}
