"use client";

import { useRef } from "react";

/**
 * Gives the focus back to what had it before a dialog opened. Radix does so for its own triggers alone, and most
 * dialogs here are loaded on first use, after their button.
 */
export function useReturnFocus() {
  const opener = useRef<Element | null>(null);
  return {
    onOpenAutoFocus() {
      opener.current = document.activeElement;
    },
    onCloseAutoFocus(event: Event) {
      if (!(opener.current instanceof HTMLElement) || !opener.current.isConnected) return;
      event.preventDefault();
      opener.current.focus();
    },
  };
}
