/** `datetime-local` text in a time zone, from and to seconds since 1970: rules hold UTC, people read their own clock. */

export function toInputDateTime(at: number, timeZone: string): string {
  return new Date((at + offsetSeconds(at, timeZone)) * 1000).toISOString().slice(0, 16);
}

/** Null while the field is not filled in. Of a moment that a clock shows twice the first; of one it skips the next. */
export function fromInputDateTime(text: string, timeZone: string): number | null {
  if (!/^\d{4,6}-\d\d-\d\dT\d\d:\d\d$/.test(text)) return null;
  const parsed = Date.parse(`${text}:00Z`);
  if (Number.isNaN(parsed)) return null;
  const local = Math.floor(parsed / 1000);
  const day = 86_400;
  const before = local - offsetSeconds(local - day, timeZone);
  if (before + offsetSeconds(before, timeZone) === local) return before;
  const after = local - offsetSeconds(local + day, timeZone);
  return after + offsetSeconds(after, timeZone) === local ? after : before;
}

/** "Europe/Berlin, UTC+01:00" */
export function zoneName(at: number, timeZone: string): string {
  const minutes = Math.round(offsetSeconds(at, timeZone) / 60);
  if (timeZone === "UTC") return "UTC";
  const two = (n: number) => String(n).padStart(2, "0");
  const sign = minutes < 0 ? "−" : "+";
  return `${timeZone}, UTC${sign}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}

function offsetSeconds(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(at * 1000);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const shown = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return shown / 1000 - at;
}
