"use client";

import { createContext, type ReactNode, useContext } from "react";
import { setFormatLocale } from "./format-locale.ts";

interface Locale {
  /** Undefined: the browser's. */
  locale: string | undefined;
  timeZone: string | undefined;
}

const LocaleContext = createContext<Locale>({ locale: undefined, timeZone: undefined });

/** The viewer's own language and time zone, for every date and number below it. */
export function LocaleProvider(props: {
  locale: string | null;
  timeZone: string | null;
  children: ReactNode;
}) {
  // Before anything below is drawn; on the server each request has its own.
  if (typeof window !== "undefined") setFormatLocale(props.locale ?? undefined);
  return (
    <LocaleContext value={{ locale: props.locale ?? undefined, timeZone: props.timeZone ?? undefined }}>
      {props.children}
    </LocaleContext>
  );
}

export function useLocale(): Locale {
  return useContext(LocaleContext);
}
