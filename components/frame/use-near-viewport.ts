"use client";

import { type RefObject, useEffect, useState } from "react";

/** True from the moment the element comes within `marginPx` of the viewport, and from then on. */
export function useNearViewport(ref: RefObject<Element | null>, marginPx = 400): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (near || element === null) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setNear(true);
      },
      { rootMargin: `${marginPx}px` },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref, near, marginPx]);
  return near;
}
