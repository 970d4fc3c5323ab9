const asked = "graft:palette";

/** Opens the command palette, from anywhere on the page. */
export function openPalette(): void {
  window.dispatchEvent(new Event(asked));
}

export function onPaletteAsked(open: () => void): () => void {
  window.addEventListener(asked, open);
  return () => window.removeEventListener(asked, open);
}
