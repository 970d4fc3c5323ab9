import { isDeepStrictEqual } from "node:util";
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
  const taken = new Set<number>();
  const named = sentMasked.map((entry): number | null => {
    const name = names.find((key) => nameOf(entry, key, mask) !== null);
    if (name === undefined) return null;
    const same = (other: unknown) => nameOf(other, name, mask) === nameOf(entry, name, mask);
    const index = storedMasked.findIndex(same);
    if (index < 0 || storedMasked.filter(same).length > 1 || sentMasked.filter(same).length > 1) return null;
    taken.add(index);
    return index;
  });
  const asks = (i: number) => named[i] === null && holdsMask(sent[i], mask);
  return named.map((index, i) => {
    if (index !== null || !asks(i)) return index;
    const same = (other: unknown) => isDeepStrictEqual(other, sentMasked[i]);
    const stored = storedMasked.flatMap((other, k) => (!taken.has(k) && same(other) ? [k] : []));
    const asking = sentMasked.flatMap((other, k) => (asks(k) && same(other) ? [k] : []));
    // Fewer or more of those that look alike: which of them stayed cannot be told.
    return stored.length === asking.length ? (stored[asking.indexOf(i)] ?? null) : null;
  });
}

function holdsMask(value: unknown, mask: string): boolean {
  if (typeof value === "object" && value !== null)
    return Object.values(value).some((inner) => holdsMask(inner, mask));
  return value === mask;
}

function nameOf(entry: unknown, key: string, mask: string): string | null {
  const value = isObject(entry) && Object.hasOwn(entry, key) ? entry[key] : undefined;
  if (value === mask || value === "") return null;
  return typeof value === "string" || typeof value === "number" ? JSON.stringify(value) : null;
}
