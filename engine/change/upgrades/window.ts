import { Temporal } from "temporal-polyfill";
import { type Weekday, weekdays } from "../../../contract/upgrades.ts";

/** When automatic upgrades may happen. */
export interface Schedule {
  /** Days on which a window begins. */
  days: readonly Weekday[];
  /** `HH:MM` in `timeZone`. */
  from: string;
  /** `HH:MM`; not after `from`: on the next day. */
  to: string;
  /** A name of the IANA time zone database. */
  timeZone: string;
}

export interface Window {
  start: Date;
  /** The first instant that lies outside. */
  end: Date;
}

/** The window that is open at an instant; null when none is. */
export function openWindow(schedule: Schedule, now: Date): Window | null {
  const today = dateOf(now, schedule.timeZone);
  // One may have begun yesterday; the day before, where a zone left a whole day out.
  for (const days of [0, 1, 2]) {
    const window = windowOf(schedule, today.subtract({ days }));
    if (window && window.start <= now && now < window.end) return window;
  }
  return null;
}

/** The first window that begins after an instant; null when no day is chosen. */
export function nextWindow(schedule: Schedule, now: Date): Window | null {
  const yesterday = dateOf(now, schedule.timeZone).subtract({ days: 1 });
  for (let days = 0; days <= 9; days++) {
    const window = windowOf(schedule, yesterday.add({ days }));
    if (window && window.start > now) return window;
  }
  return null;
}

/** The window that begins on a day; null on days that are not chosen. */
function windowOf({ days, from, to, timeZone }: Schedule, date: Temporal.PlainDate): Window | null {
  // Temporal counts from Monday, 1, to Sunday, 7; the list begins with Sunday.
  const weekday = weekdays[date.dayOfWeek % 7];
  if (weekday === undefined || !days.includes(weekday)) return null;
  const first = Temporal.PlainTime.from(from);
  const last = Temporal.PlainTime.from(to);
  const overnight = Temporal.PlainTime.compare(last, first) <= 0;
  // Temporal's default: of a time that is shown twice the first, of one that clocks jump over as much later as they jump.
  const instantOf = (day: Temporal.PlainDate, time: Temporal.PlainTime) =>
    day.toZonedDateTime({ timeZone, plainTime: time }).epochMilliseconds;
  const start = instantOf(date, first);
  const end = instantOf(overnight ? date.add({ days: 1 }) : date, last);
  // Where clocks jump over its beginning, it begins after the jump and may not end before that.
  const length = first.until(last).total("milliseconds") + (overnight ? 86_400_000 : 0);
  return { start: new Date(start), end: new Date(end > start ? end : start + length) };
}

function dateOf(at: Date, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
}

/** Whether the name stands for a time zone here. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
