import { Temporal } from "temporal-polyfill";

export interface DailyTime {
  /** `HH:MM` in `timeZone`. */
  at: string;
  /** A name of the IANA time zone database. */
  timeZone: string;
}

/** The last time at or before an instant. */
export function lastDue(daily: DailyTime, now: Date): Date {
  for (let days = 0; ; days++) {
    const due = instantOf(daily, now, -days);
    if (due <= now) return due;
  }
}

/** The first time after an instant. */
export function nextDue(daily: DailyTime, now: Date): Date {
  for (let days = -1; ; days++) {
    const due = instantOf(daily, now, days);
    if (due > now) return due;
  }
}

/** Where clocks jump over the time, as much later as they jump; where they show it twice, the first. */
function instantOf({ at, timeZone }: DailyTime, now: Date, days: number): Date {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate();
  const plainTime = Temporal.PlainTime.from(at);
  return new Date(today.add({ days }).toZonedDateTime({ timeZone, plainTime }).epochMilliseconds);
}

export interface Attempt {
  status: "running" | "done" | "failed";
  startedAt: Date;
}

const attemptsMax = 3;
const pauseMs = 20 * 60_000;

/**
 * Whether a backup is to be begun: none was made since the last time it was due. One that failed is tried again twice,
 * some time later.
 * @param since when the schedule was switched on: what was due before is not made up for
 */
export function isDue(
  daily: DailyTime,
  { attempts, since }: { attempts: readonly Attempt[]; since: Date },
  now: Date,
): boolean {
  const due = lastDue(daily, now);
  if (due < since) return false;
  const tried = attempts.filter(({ startedAt }) => startedAt >= due);
  if (tried.some(({ status }) => status !== "failed")) return false;
  const last = Math.max(0, ...tried.map(({ startedAt }) => startedAt.getTime()));
  return tried.length < attemptsMax && now.getTime() - last >= pauseMs;
}
