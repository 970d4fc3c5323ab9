"use client";

import { lazy, Suspense, useSyncExternalStore } from "react";
import { isToasting, onToasting, takeToasts } from "@/components/ui/toast";

const Toaster = lazy(() => import("./toaster.tsx"));

/** Loaded with the first toast: most visits see none. */
export function LazyToaster() {
  const wanted = useSyncExternalStore(onToasting, isToasting, () => false);
  if (!wanted) return null;
  return (
    <Suspense fallback={null}>
      <Toaster onReady={takeToasts} />
    </Suspense>
  );
}
