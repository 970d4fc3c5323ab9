import { Fragment, type ReactNode } from "react";

type PlaceholdersOf<Text extends string> = string extends Text
  ? string
  : Text extends `${string}{${infer Name}}${infer Rest}`
    ? Name | PlaceholdersOf<Rest>
    : never;

/**
 * A sentence of a catalogue with elements in it: `rich("Error {id}", { id: <code>4f2a</code> })`. The sentence stays one
 * entry, so that a translation may put its parts in another order.
 */
export function rich<const Text extends string>(
  text: Text,
  parts: Record<PlaceholdersOf<Text>, ReactNode>,
): ReactNode {
  const given: Record<string, ReactNode> = parts;
  return text.split(/\{(\w+)\}/).map((piece, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one sentence never change places
    <Fragment key={i}>{i % 2 === 0 ? piece : given[piece]}</Fragment>
  ));
}
