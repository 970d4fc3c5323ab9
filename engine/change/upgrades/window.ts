import { type Weekday, weekdays } from "../../../contract/upgrades.ts";
import { addDays, type LocalDate, toInstant, toLocal, weekdayOf } from "./local-time.ts";

/** When automatic upgrades may happen. */
export interface Schedule {
  /** Days on which a window begins. */
  days: readonly Weekday[];
  /** `HH:MM`, by the clocks of `timeZone`. */
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

const dayMinutes = 24 * 60;

/** The window that is open at an instant; null when none is. */
export function openWindow(schedule: Schedule, now: Date): Window | null {
  const today = toLocal(now, schedule.timeZone);
  // One may have begun yesterday; the day before, where a zone left a whole day out.
  for (const days of [0, -1, -2]) {
    const window = windowOf(schedule, addDays(today, days));
    if (window && window.start <= now && now < window.end) return window;
  }
  return null;
}

/** The first window that begins after an instant; null when no day is chosen. */
export function nextWindow(schedule: Schedule, now: Date): Window | null {
  const today = toLocal(now, schedule.timeZone);
  for (let days = -1; days <= 8; days++) {
    const window = windowOf(schedule, addDays(today, days));
    if (window && window.start > now) return window;
  }
  return null;
}

/** The window that begins on a day; null on days that are not chosen. */
function windowOf({ days, from, to, timeZone }: Schedule, date: LocalDate): Window | null {
  const weekday = weekdays[weekdayOf(date)];
  if (weekday === undefined || !days.includes(weekday)) return null;
  const first = minuteOf(from);
  const last = minuteOf(to);
  const length = last > first ? last - first : last - first + dayMinutes;
  const start = toInstant(date, first, timeZone);
  const end = last > first ? toInstant(date, last, timeZone) : toInstant(addDays(date, 1), last, timeZone);
  // Where clocks jump over its beginning, it begins after the jump and may not end before that.
  return { start, end: end > start ? end : new Date(start.getTime() + length * 60_000) };
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
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
