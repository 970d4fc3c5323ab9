import type { GraftTheme } from "@/sdk/client/messages";

const tokenNames = [
  "--background",
  "--foreground",
  "--muted",
  "--muted-foreground",
  "--card",
  "--card-foreground",
  "--border",
  "--input",
  "--ring",
  "--primary",
  "--primary-foreground",
  "--accent",
  "--accent-foreground",
  "--destructive",
  "--destructive-foreground",
  "--success",
  "--warning",
  "--danger",
  "--radius",
  "--font-sans",
];

/** The host page's theme as frames receive it: values resolved, since a frame cannot see the host's variables. */
export function readTheme(): GraftTheme {
  const root = document.documentElement;
  const style = getComputedStyle(root);
  const tokens: Record<string, string> = {};
  for (const name of tokenNames) {
    const value = style.getPropertyValue(name).trim();
    if (value !== "") tokens[name] = value;
  }
  return { scheme: root.classList.contains("dark") ? "dark" : "light", tokens };
}

/** Calls `listener` whenever the page's theme changes; returns how to stop. */
export function watchTheme(listener: (theme: GraftTheme) => void): () => void {
  let last = JSON.stringify(readTheme());
  const observer = new MutationObserver(() => {
    const theme = readTheme();
    const next = JSON.stringify(theme);
    if (next === last) return;
    last = next;
    listener(theme);
  });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["class", "style"] });
  return () => observer.disconnect();
}
