import { useSyncExternalStore } from "react";

const chosen = new Map<string, string>();
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * A choice about how the shell looks, kept in a cookie so that the server draws the first paint right: `initial` is what the
 * server read there. Once somebody has chosen, that counts instead: Next may show a layout again that is older than the choice.
 */
export function useRemembered(cookie: string, initial: string): [string, (value: string) => void] {
  const value = useSyncExternalStore(
    subscribe,
    () => chosen.get(cookie) ?? initial,
    () => initial,
  );
  function remember(next: string) {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser we support
    document.cookie = `${cookie}=${next}; path=/; max-age=31536000; samesite=lax`;
    chosen.set(cookie, next);
    for (const listener of listeners) listener();
  }
  return [value, remember];
}
