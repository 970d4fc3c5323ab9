"use client";

import { useEffect, useState } from "react";
import { Input } from "./input";
import { useLocale } from "./locale";
import { fromInputDateTime, toInputDateTime, zoneName } from "./zoned-date-time";

/** A moment, typed and shown in the viewer's time zone, which stands beside; `value` is seconds since 1970. */
export function DateTimeInput(props: { label: string; value: number; onChange: (at: number) => void }) {
  const timeZone = useTimeZone();
  const zone = zoneName(props.value, timeZone);
  return (
    <span className="flex flex-wrap items-center gap-2">
      <Input
        type="datetime-local"
        aria-label={`${props.label}, ${zone}`}
        className="w-56"
        value={toInputDateTime(props.value, timeZone)}
        onChange={(event) => {
          const at = fromInputDateTime(event.target.value, timeZone);
          if (at !== null) props.onChange(at);
        }}
      />
      <span className="text-xs text-muted-foreground">{zone}</span>
    </span>
  );
}

/** The account's zone, else the browser's; UTC while the page is drawn on the server. */
export function useTimeZone(): string {
  const { timeZone } = useLocale();
  const [browser, setBrowser] = useState("UTC");
  useEffect(() => setBrowser(new Intl.DateTimeFormat().resolvedOptions().timeZone), []);
  return timeZone ?? browser;
}
