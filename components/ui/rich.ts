import { createElement, Fragment, type ReactNode } from "react";

/** A sentence of a catalogue with elements in it, in one piece, so that a translation may put them elsewhere. */
export function rich(texts: TemplateStringsArray, ...parts: ReactNode[]): ReactNode {
  return createElement(Fragment, null, ...texts.flatMap((text, i) => [text, parts[i]]));
}
