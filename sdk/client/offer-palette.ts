/**
 * Ctrl-K or ⌘K opens the host's command palette from inside a frame too, where the host does not see the keys. A module
 * that uses them itself prevents the event's default, as on any page.
 */
export function offerPalette(open: () => void): void {
  let used: Element | null = null;
  window.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey)) return;
    if (event.altKey || event.shiftKey || event.defaultPrevented) return;
    event.preventDefault();
    used = document.activeElement;
    open();
  });
  // The host gives the focus back to the frame; browsers forget what had it inside.
  window.addEventListener("focus", () => {
    if (used instanceof HTMLElement && document.activeElement === document.body) used.focus();
    used = null;
  });
}
