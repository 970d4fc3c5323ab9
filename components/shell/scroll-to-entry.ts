/** For the element in which the navigation scrolls. */
export const navigationScroll = { "data-navigation-scroll": "" };

/**
 * Scrolls the navigation until an entry is seen. Not by `scrollIntoView`: in Chromium the next Tab would begin at the entry
 * then, behind the link that skips the navigation.
 */
export function scrollToEntry(entry: Element): void {
  const box = entry.closest("[data-navigation-scroll]");
  if (box === null) return;
  const { top, bottom } = entry.getBoundingClientRect();
  const view = box.getBoundingClientRect();
  if (top < view.top) box.scrollTop -= view.top - top;
  else if (bottom > view.bottom) box.scrollTop += bottom - view.bottom;
}
