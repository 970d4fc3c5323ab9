"use client";

import { useEffect } from "react";
import { Toaster as Sonner, toast } from "sonner";
import type { Toasts } from "@/components/ui/toast";

/** Where toasts appear; hands over what shows them once it listens. */
export default function Toaster({ onReady }: { onReady(toasts: Toasts): void }) {
  // After the effects of the child, which is when it begins to listen.
  useEffect(() => onReady(toast), [onReady]);
  return (
    <Sonner
      position="bottom-right"
      toastOptions={{
        classNames: { description: "text-muted-foreground!" },
        style: {
          background: "var(--popover)",
          color: "var(--popover-foreground)",
          borderColor: "var(--border)",
          fontFamily: "var(--font-sans)",
        },
      }}
    />
  );
}
