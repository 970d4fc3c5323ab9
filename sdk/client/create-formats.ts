import type { GraftUser } from "./messages.ts";

export interface Formats {
  /** "3 hours ago", "in 2 days", "yesterday". */
  relative(date: string | Date, now?: Date): string;
  /** "22 Nov 2026, 14:05" in the user's zone. */
  dateTime(date: string | Date): string;
  date(date: string | Date): string;
  /** For and from `<input type="datetime-local">`, in the user's zone; an empty input is null. */
  toInput(date: string | Date | null): string;
  fromInput(text: string): string | null;
  number(value: number): string;
  /** 0.56 as "56%", or as the locale has it. */
  percent(share: number): string;
  /** Picks the plural form and puts the figure in place of `#`: `count(3, { one: "# vote", other: "# votes" })`. */
  count(value: number, forms: { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>): string;
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

/**
 * Dates and figures as the user's locale and time zone have them.
 * @param textLanguage of the words given to `count`, whose plural rules apply, not the reader's
 */
export function createFormats(user: Pick<GraftUser, "locale" | "timeZone">, textLanguage = "en"): Formats {
  const locale = user.locale ?? undefined;
  const timeZone = user.timeZone ?? undefined;
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone });
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: "percent" });
  const plural = new Intl.PluralRules(textLanguage);
  return {
    relative(value, now = new Date()) {
      const seconds = (new Date(value).getTime() - now.getTime()) / 1000;
      for (const [unit, size] of steps) {
        if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit);
      }
      return relative.format(0, "second");
    },
    dateTime: (value) => dateTime.format(new Date(value)),
    date: (value) => date.format(new Date(value)),
    toInput: (value) => (value === null ? "" : wallClock(new Date(value), timeZone).slice(0, 16)),
    fromInput(text) {
      if (text === "") return null;
      const asUtc = Date.parse(`${text}Z`);
      const offset = (at: number) => Date.parse(`${wallClock(new Date(at), timeZone)}Z`) - at;
      // Twice: the first guess may lie on the other side of a change of the clocks.
      const guess = asUtc - offset(asUtc);
      return new Date(asUtc - offset(guess)).toISOString();
    },
    percent: (share) => percent.format(share),
    number: (value) => number.format(value),
    count: (value, forms) =>
      (forms[plural.select(value)] ?? forms.other).replace("#", () => number.format(value)),
  };
}

/** What a clock on the wall of that zone shows: `2026-11-22T14:05:00`. */
function wallClock(date: Date, timeZone: string | undefined): string {
  // Swedish dates are ISO 8601 but for the space.
  const text = date.toLocaleString("sv-SE", { timeZone, hourCycle: "h23" });
  return text.replace(" ", "T");
}
