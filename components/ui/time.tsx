"use client";

import { useInBrowser, useTick } from "./clock.ts";
import { dateTimeFormat, relativeTimeFormat } from "./intl.ts";
import { useLocale } from "./locale";
import { texts } from "./texts";

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ["second", 60],
  ["minute", 60],
  ["hour", 24],
  ["day", 7],
  ["week", 4.345],
  ["month", 12],
  ["year", Number.POSITIVE_INFINITY],
];

/** `at` relative to `now`, both in milliseconds: "3 minutes ago", "in 2 days". */
export function formatRelative(at: number, now: number, locale?: string): string {
  let value = (at - now) / 1000;
  for (const [unit, size] of steps) {
    if (Math.abs(value) < size) {
      if (unit === "second" && Math.abs(value) < 10) return texts.justNow;
      return relativeTimeFormat(locale ?? "en", { numeric: "auto" }).format(Math.round(value), unit);
    }
    value /= size;
  }
  return "";
}

/** ISO 8601 in; relative out, with the absolute time in the viewer's zone as title. `absolute` shows the latter. */
export function Time({ value, absolute = false }: { value: string; absolute?: boolean }) {
  const { locale, timeZone } = useLocale();
  const inBrowser = useInBrowser();
  useTick();
  const at = new Date(value);
  // Until the browser has taken over, the server's zone would differ from the browser's: UTC is the same for both.
  const full = dateTimeFormat(locale ?? "en", {
    dateStyle: "medium",
    timeStyle: "medium",
    timeZone: timeZone ?? (inBrowser ? undefined : "UTC"),
  }).format(at);
  return (
    <time dateTime={value} title={full} suppressHydrationWarning className="whitespace-nowrap">
      {absolute ? full : formatRelative(at.getTime(), Date.now(), locale)}
    </time>
  );
}
