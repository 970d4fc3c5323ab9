import { isObject } from "./secret-schema.ts";

const names = ["id", "key", "name"];

interface Lists {
  /** As they came, and with every secret masked: a new one looks like a kept one. */
  sent: readonly unknown[];
  sentMasked: readonly unknown[];
  storedMasked: readonly unknown[];
}

/**
 * Which stored entry each sent one is: by `id`, `key` or `name` where that is unique on both sides, else by everything
 * about it that can be seen. Null where this does not tell, so that a secret never goes to another entry: not after a
 * change of order, not after one between was removed.
 */
export function matchEntries({ sent, sentMasked, storedMasked }: Lists, mask: string): (number | null)[] {
  const ofSent = positionsByName(sentMasked, mask);
  const ofStored = positionsByName(storedMasked, mask);
  const named = sentMasked.map((entry): number | null => {
    const name = nameOf(entry, mask);
    if (name === null) return null;
    const [index, ...others] = ofStored.get(name) ?? [];
    return index === undefined || others.length > 0 || ofSent.get(name)?.length !== 1 ? null : index;
  });
  const isAsking = sent.map((entry, i) => named[i] === null && holdsMask(entry, mask));
  if (!isAsking.includes(true)) return named;
  const taken = new Set(named);
  const stored = positionsBy(storedMasked, (entry, i) => (taken.has(i) ? null : textOf(entry)));
  const asking = positionsBy(sentMasked, (entry, i) => (isAsking[i] ? textOf(entry) : null));
  const matched = [...named];
  for (const [text, alike] of asking) {
    const those = stored.get(text) ?? [];
    // Fewer or more of those that look alike: which of them stayed cannot be told.
    if (those.length === alike.length) for (const [k, i] of alike.entries()) matched[i] = those[k] ?? null;
  }
  return matched;
}

/** Where in a list each text stands, without what has none. One pass, for a list may be as long as a request. */
function positionsBy(
  list: readonly unknown[],
  textOfEntry: (entry: unknown, i: number) => string | null,
): Map<string, number[]> {
  const positions = new Map<string, number[]>();
  for (const [i, entry] of list.entries()) {
    const text = textOfEntry(entry, i);
    if (text === null) continue;
    const found = positions.get(text);
    if (found) found.push(i);
    else positions.set(text, [i]);
  }
  return positions;
}

/** By each of its names: one entry may go by its `id`, another with the same `name` by that. */
function positionsByName(list: readonly unknown[], mask: string): Map<string, number[]> {
  const positions = new Map<string, number[]>();
  for (const key of names)
    for (const [name, found] of positionsBy(list, (entry) => nameAt(entry, key, mask)))
      positions.set(name, found);
  return positions;
}

/** The same for what is equal, in whatever order its keys are. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}

function holdsMask(value: unknown, mask: string): boolean {
  if (typeof value === "object" && value !== null)
    return Object.values(value).some((inner) => holdsMask(inner, mask));
  return value === mask;
}

function nameOf(entry: unknown, mask: string): string | null {
  for (const key of names) {
    const name = nameAt(entry, key, mask);
    if (name !== null) return name;
  }
  return null;
}

/** With its key, so that an `id` is no `name`. */
function nameAt(entry: unknown, key: string, mask: string): string | null {
  const value = isObject(entry) && Object.hasOwn(entry, key) ? entry[key] : undefined;
  if (value === mask || value === "") return null;
  return typeof value === "string" || typeof value === "number" ? JSON.stringify([key, value]) : null;
}
