"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { tellWritten } from "@/components/ui/watch-endpoint";

// A switch writes several rows, each with its own event; one rendering covers them.
const settleMs = 80;
const retryMs = 5000;

/** Renders the page anew whenever what the viewer may have changes, so that switches take effect with no reload. */
export function LiveAccess() {
  const router = useRouter();
  useEffect(() => {
    let source: EventSource | null = null;
    let settle: ReturnType<typeof setTimeout> | undefined;
    let retry: ReturnType<typeof setTimeout> | undefined;
    let missed = false;
    let stopped = false;

    function refresh() {
      clearTimeout(settle);
      settle = setTimeout(() => router.refresh(), settleMs);
    }
    function onNotifications() {
      // A module had something to tell: what the bell, widgets and the navigation know may be old.
      tellWritten(null);
    }
    function connect() {
      source = new EventSource("/api/v1/graft/me/events");
      source.addEventListener("access", refresh);
      source.addEventListener("registry", refresh);
      source.addEventListener("notifications", onNotifications);
      source.onopen = () => {
        // While the line was down something may have changed unheard.
        if (missed) {
          refresh();
          onNotifications();
        }
        missed = false;
      };
      source.onerror = () => {
        missed = true;
        // An answer other than 200 closes it for good; a lost connection it mends by itself.
        if (source?.readyState === EventSource.CLOSED) void findOutWhy();
      };
    }
    async function findOutWhy() {
      const status = await fetch("/api/v1/graft/me").then(
        (response) => response.status,
        () => 0,
      );
      // Signed out: the page rendered anew leads to the sign-in.
      if (status === 401) router.refresh();
      else if (!stopped) retry = setTimeout(connect, retryMs);
    }

    connect();
    return () => {
      stopped = true;
      clearTimeout(settle);
      clearTimeout(retry);
      source?.close();
    };
  }, [router]);
  return null;
}
