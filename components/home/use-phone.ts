"use client";

import { useSyncExternalStore } from "react";

// Where the grid has one column; the same width as its `md:` classes.
const query = "(width < 48rem)";

function subscribe(listener: () => void) {
  const media = window.matchMedia(query);
  media.addEventListener("change", listener);
  return () => media.removeEventListener("change", listener);
}

/** Whether widgets stand in one column; false on the server. */
export function usePhone(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => window.matchMedia(query).matches,
    () => false,
  );
}
