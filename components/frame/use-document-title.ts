"use client";

import { useLayoutEffect } from "react";

/** Keeps the document's title while the address is at or below `base`; Next writes its own whenever it renders the page anew. */
export function useDocumentTitle(title: string, base: string): void {
  // A layout effect: its end comes before the observer could undo the next page's title.
  useLayoutEffect(() => {
    function keep() {
      const { pathname } = window.location;
      const here = pathname === base || pathname.startsWith(`${base}/`);
      if (here && document.title !== title) document.title = title;
    }
    keep();
    const observer = new MutationObserver(keep);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => observer.disconnect();
  }, [title, base]);
}
