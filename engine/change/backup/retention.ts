import { Temporal } from "temporal-polyfill";

/** How many days, weeks and months keep their newest backup. */
export interface BackupRetention {
  days: number;
  weeks: number;
  months: number;
}

/**
 * The names that nothing keeps any more. Of each of the last days, weeks and months that have a backup, the newest is
 * kept; so is the newest of all, and what `kept` says. Days begin in the time zone.
 */
export function outdatedBackups(
  backups: readonly { name: string; at: Date }[],
  { days, weeks, months, timeZone }: BackupRetention & { timeZone: string },
  kept: (name: string) => boolean = () => false,
): string[] {
  const newestFirst = [...backups].sort((a, b) => b.at.getTime() - a.at.getTime());
  const keep = new Set(newestFirst.slice(0, 1).map(({ name }) => name));
  const keepOf = (limit: number, periodOf: (date: Temporal.PlainDate) => string) => {
    const seen = new Set<string>();
    for (const { name, at } of newestFirst) {
      const period = periodOf(dateOf(at, timeZone));
      if (seen.has(period)) continue;
      if (seen.size >= limit) return;
      seen.add(period);
      keep.add(name);
    }
  };
  keepOf(days, (date) => date.toString());
  keepOf(weeks, (date) => `${date.yearOfWeek}-${date.weekOfYear}`);
  keepOf(months, (date) => date.toPlainYearMonth().toString());
  return newestFirst.filter(({ name }) => !keep.has(name) && !kept(name)).map(({ name }) => name);
}

function dateOf(at: Date, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
}
