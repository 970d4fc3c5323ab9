"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";

/** A hairline at the top from the click on a link until its page is there; nothing for pages that come at once. */
export function RouteProgress() {
  const address = `${usePathname()}?${useSearchParams().toString()}`;
  const [leaving, setLeaving] = useState<string | null>(null);
  useEffect(() => {
    function onClick(event: MouseEvent) {
      const link = (event.target as Element | null)?.closest?.("a[href]");
      if (!(link instanceof HTMLAnchorElement) || link.target === "_blank" || link.hasAttribute("download"))
        return;
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0)
        return;
      const { origin, pathname, search } = new URL(link.href);
      const here = window.location;
      if (origin !== here.origin || pathname + search === here.pathname + here.search) return;
      setLeaving(`${here.pathname}?${new URLSearchParams(here.search).toString()}`);
    }
    // In the capture phase: Next's own handler prevents the default before the bubble reaches the document.
    document.addEventListener("click", onClick, true);
    return () => document.removeEventListener("click", onClick, true);
  }, []);
  if (leaving === null || leaving !== address) return null;
  return (
    <div aria-hidden className="pointer-events-none fixed inset-x-0 top-0 z-60 h-0.5 overflow-hidden">
      <div className="h-full w-full origin-left animate-route bg-primary" />
    </div>
  );
}
