"use client";

import { useEffect } from "react";

const storageKey = "graft.session-kept-at";
const dayMs = 24 * 60 * 60 * 1000;

/** Renews the session cookie once a day while the app is in use, so that 30 days count from the last visit. */
export function KeepSession() {
  useEffect(() => {
    const keptAt = Number(localStorage.getItem(storageKey) ?? 0);
    if (Date.now() - keptAt < dayMs) return;
    fetch("/api/auth/session", { cache: "no-store" }).then(
      (response) => response.ok && localStorage.setItem(storageKey, String(Date.now())),
      // Offline: the next page load tries again.
      () => {},
    );
  }, []);
  return null;
}
