import type { ReactNode } from "react";
import { cn } from "./cn";
import { CopyButton } from "./copy-button";
import { texts } from "./texts";

/** Preformatted text; `children` may be highlighted markup of the same `text`. */
export function CodeBlock(props: { text: string; label: string; children?: ReactNode; className?: string }) {
  return (
    <div className={cn("group relative rounded-lg border bg-muted/50", props.className)}>
      <section
        aria-label={props.label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
        tabIndex={0}
        className="relative max-h-96 overflow-auto"
      >
        <pre className="p-3 pr-11 font-mono text-xs leading-5">
          <code>{props.children ?? props.text}</code>
        </pre>
      </section>
      <CopyButton
        value={props.text}
        label={texts.copy}
        className="absolute top-1.5 right-1.5 bg-background"
      />
    </div>
  );
}
