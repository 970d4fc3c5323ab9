import { AsyncLocalStorage } from "node:async_hooks";

// On the global object: server.ts, Next's server components and its rendering of client components each have their own
// copy of this module, and components/ui/format-locale.ts reads it without importing it.
const key = Symbol.for("graft.request-locale");

function requests(): AsyncLocalStorage<{ locale: string | null }> {
  const all = globalThis as Record<symbol, unknown>;
  all[key] ??= new AsyncLocalStorage();
  return all[key] as AsyncLocalStorage<{ locale: string | null }>;
}

/** For server.ts: answers one request, whose language is not known yet. */
export function withRequestLocale<T>(answer: () => T): T {
  return requests().run({ locale: null }, answer);
}

/** Once it is known who asks: numbers in this answer are written as they write them. */
export function noteRequestLocale(locale: string | null): void {
  const request = requests().getStore();
  if (request !== undefined) request.locale = locale;
}
