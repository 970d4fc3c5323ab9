import { cn } from "./cn";

/** Draws HTML that the engine's `markdown` has sanitised; never anything else. */
export function Prose({ html, className }: { html: string; className?: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: this is the one place, and its input is sanitised
  return <div className={cn("prose", className)} dangerouslySetInnerHTML={{ __html: html }} />;
}
