import type { Json } from "../../core/index.ts";

// The longest a timer can wait.
const longestMs = 2 ** 31 - 1;

export interface Schedule {
  /** From now on these rules; replaces those before. */
  follow(targetings: readonly (Json | undefined)[]): void;
  stop(): void;
}

/** Calls back when a date that stands in a rule has come. */
export function createSchedule(onMoment: () => void, now: () => number = Date.now): Schedule {
  let moments: number[] = [];
  let timer: NodeJS.Timeout | undefined;

  function wait() {
    clearTimeout(timer);
    moments = moments.filter((at) => at > now());
    const next = Math.min(...moments);
    if (next === Number.POSITIVE_INFINITY) return;
    timer = setTimeout(
      () => {
        if (next <= now()) onMoment();
        wait();
      },
      Math.min(next - now(), longestMs),
    ).unref();
  }
  return {
    follow(targetings) {
      moments = targetings.flatMap((targeting) => momentsIn(targeting).map((seconds) => seconds * 1000));
      wait();
    },
    stop: () => clearTimeout(timer),
  };
}

/** Seconds since 1970 with which the clock is compared. */
function momentsIn(logic: Json | undefined): number[] {
  if (typeof logic !== "object" || logic === null) return [];
  if (!Array.isArray(logic)) return Object.values(logic).flatMap(momentsIn);
  const timed = logic.some(
    (part) =>
      typeof part === "object" && part !== null && !Array.isArray(part) && part.var === "$flagd.timestamp",
  );
  if (timed) return logic.filter((part): part is number => typeof part === "number");
  return logic.flatMap(momentsIn);
}
