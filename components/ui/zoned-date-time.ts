import { getISO } from "temporal-polyfill/fns/Calendar";
import * as Instant from "temporal-polyfill/fns/Instant";
import * as PlainDateTime from "temporal-polyfill/fns/PlainDateTime";
import * as ZonedDateTime from "temporal-polyfill/fns/ZonedDateTime";

/** `datetime-local` text in a time zone, from and to seconds since 1970: rules hold UTC, people read their own clock. */

export function toInputDateTime(at: number, timeZone: string): string {
  return PlainDateTime.toString(ZonedDateTime.toPlainDateTime(zoned(at, timeZone)), {
    smallestUnit: "minute",
  });
}

/** Null while the field is not filled in. Of a time that a clock shows twice the first; of one it skips the next. */
export function fromInputDateTime(text: string, timeZone: string): number | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text)) return null;
  try {
    const local = PlainDateTime.toZonedDateTime(PlainDateTime.fromString(text, getISO), timeZone);
    return Math.floor(local.epochMilliseconds / 1000);
  } catch {
    return null;
  }
}

/** "Europe/Berlin, UTC+01:00" */
export function zoneName(at: number, timeZone: string): string {
  return timeZone === "UTC"
    ? "UTC"
    : `${timeZone}, UTC${ZonedDateTime.offset(zoned(at, timeZone)).replace("-", "−")}`;
}

function zoned(at: number, timeZone: string) {
  return Instant.toZonedDateTimeISO(Instant.fromEpochMilliseconds(at * 1000), timeZone);
}
