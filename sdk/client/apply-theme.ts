import { baseStyles } from "./base-styles.ts";
import type { GraftTheme } from "./messages.ts";

/** Sets the host's tokens as CSS variables on the root element and switches the colour scheme. */
export function applyTheme(theme: GraftTheme): void {
  const root = document.documentElement;
  for (const [name, value] of Object.entries(theme.tokens)) {
    if (name.startsWith("--")) root.style.setProperty(name, value);
  }
  root.style.colorScheme = theme.scheme;
  root.classList.toggle("dark", theme.scheme === "dark");
}

/** First in the document, so that any style of the module's own wins. */
export function addBaseStyles(): void {
  const style = document.createElement("style");
  style.textContent = baseStyles;
  document.head.prepend(style);
}
