"use client";

import { dateTimeFormat } from "@/components/ui/intl";
import { useLocale } from "@/components/ui/locale";

/** From and to in the time zone that was chosen for the window, whatever the viewer's is. */
export function WindowText(props: { start: string; end: string; timeZone: string }) {
  const { locale } = useLocale();
  const format = dateTimeFormat(locale ?? "en", {
    ...{ timeZone: props.timeZone, weekday: "short", day: "numeric", month: "short" },
    ...{ hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  });
  // Browsers and the server write ranges with different blanks.
  return (
    <span suppressHydrationWarning>
      {format.formatRange(new Date(props.start), new Date(props.end))} ({props.timeZone.replaceAll("_", " ")})
    </span>
  );
}
