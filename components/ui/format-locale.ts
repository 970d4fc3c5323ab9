interface RequestLocale {
  getStore(): { locale: string | null } | undefined;
}

let ofBrowser: string | undefined;

/** For the provider of the viewer's language: how numbers are written from now on in this browser. */
export function setFormatLocale(locale: string | undefined): void {
  ofBrowser = locale;
}

/**
 * The viewer's way of writing numbers. In the browser it was set; on the server it belongs to the request being
 * answered (lib/request-locale.ts), which several at once must not share.
 */
export function formatLocale(): string {
  if (typeof window !== "undefined") return ofBrowser ?? "en";
  const requests = (globalThis as Record<symbol, unknown>)[Symbol.for("graft.request-locale")] as
    | RequestLocale
    | undefined;
  return requests?.getStore()?.locale ?? "en";
}
