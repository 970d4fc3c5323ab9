/** A day of the calendar, as the clock on a wall counts it. */
export interface LocalDate {
  year: number;
  /** 1 to 12. */
  month: number;
  day: number;
}

const hourMs = 3_600_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** The calendar day and the wall clock of an instant in a zone. */
export function toLocal(at: Date, timeZone: string): LocalDate & { minute: number } {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(at)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts;
  return { year, month, day, minute: hour * 60 + minute };
}

/**
 * The instant at which a wall clock shows `minute` minutes after midnight. Where clocks are put back and it is shown
 * twice, the first; where they are put forward and it is never shown, as much later as they jump (RFC 5545, 3.3.5).
 */
export function toInstant({ year, month, day }: LocalDate, minute: number, timeZone: string): Date {
  const wall = Date.UTC(year, month - 1, day, 0, minute);
  // No zone changes its offset twice within a day, so the right one is in force on one of the two sides.
  const before = wall - offsetMs(wall - 24 * hourMs, timeZone);
  const after = wall - offsetMs(wall + 24 * hourMs, timeZone);
  const shown = [before, after].filter((at) => at + offsetMs(at, timeZone) === wall);
  return new Date(shown.length > 0 ? Math.min(...shown) : before);
}

/** The day `days` later in the calendar, whatever the clocks do in between. */
export function addDays({ year, month, day }: LocalDate, days: number): LocalDate {
  const at = new Date(Date.UTC(year, month - 1, day + days));
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() };
}

/** 0 is Sunday. */
export function weekdayOf({ year, month, day }: LocalDate): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();
}

/** What the zone's clocks are ahead of UTC at an instant. */
function offsetMs(at: number, timeZone: string): number {
  const second = Math.floor(at / 1000) * 1000;
  const { year, month, day, minute } = toLocal(new Date(second), timeZone);
  return Date.UTC(year, month - 1, day, 0, minute) - Math.floor(second / 60_000) * 60_000;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-GB", {
      ...{ timeZone, calendar: "gregory", numberingSystem: "latn", hourCycle: "h23" },
      ...{ year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" },
    });
    formats.set(timeZone, format);
  }
  return format;
}
