import { isDeepStrictEqual } from "node:util";
import type { SecretBox } from "../../core/index.ts";
import { isObject, maskedSecret, refusedConfig } from "../manifest/index.ts";
import { getAt, leavesOf, patternOf, setAt } from "./paths.ts";
import type { Path, Values } from "./types.ts";

/** A secret as it is stored, in place of its value. The mark tells one from another. */
interface Sealed {
  $sealed: string;
  mark: string;
}

export const isSealed = (value: unknown): value is Sealed =>
  isObject(value) && typeof value.$sealed === "string" && typeof value.mark === "string";

/** Nobody may send what would be read as a sealed secret. @throws INVALID_INPUT */
export function refuseForged(values: Values): void {
  const isForged = (value: unknown) => isObject(value) && "$sealed" in value;
  const forged = leavesOf(values, isForged).find(({ value }) => isForged(value));
  if (forged || isForged(values))
    throw refusedConfig([{ path: [...(forged?.path ?? [])], words: "must not have a property $sealed" }]);
}

/** Where sealed secrets stand, as patterns. */
export function sealedPatterns(values: Values): string[] {
  const found: Path[] = [];
  mapSealed(values, (secret, path) => {
    found.push(path);
    return secret;
  });
  return patternsOf(found);
}

const isUnset = (value: unknown) => value === undefined || value === null || value === "";

/**
 * Seals what stands at `secrets`, paths of this very value. One that is the same as in `before` stays as it is there, so
 * that what did not change is equal.
 */
export function sealSecrets(
  box: SecretBox,
  module: string,
  input: { values: Values; secrets: readonly Path[]; before: readonly Values[] },
): Values {
  let sealed = input.values;
  for (const path of input.secrets) {
    const value = getAt(sealed, path);
    if (isUnset(value) || isSealed(value)) continue;
    const same = input.before
      .map((values) => getAt(values, path))
      .find((held) => isSealed(held) && isDeepStrictEqual(openSealed(box, module, held), value));
    sealed = setAt(sealed, path, same ?? seal({ box, module }, path, value));
  }
  return sealed;
}

function seal({ box, module }: { box: SecretBox; module: string }, path: Path, value: unknown): Sealed {
  const text = JSON.stringify(value);
  return { $sealed: box.seal(text, module), mark: box.mark(JSON.stringify([module, ...path, text])) };
}

function openSealed(box: SecretBox, module: string, { $sealed }: Sealed): unknown {
  const text = box.open($sealed, module);
  return text === null ? undefined : JSON.parse(text);
}

/** With every secret in the clear. `unread`: those sealed with another secret of the host, which are left out. */
export function openSecrets(
  box: SecretBox,
  module: string,
  sealed: Values,
): { values: Values; unread: Path[] } {
  const unread: Path[] = [];
  const values = mapSealed(sealed, (secret, path) => {
    const value = openSealed(box, module, secret);
    if (value === undefined) unread.push(path);
    return value;
  });
  return { values, unread };
}

/** As they may be shown. */
export const maskSealed = (values: Values) => mapSealed(values, () => maskedSecret);

/** The mask and a mark that tells one secret from another, not what it is: for the record of a generation. */
export const markSealed = (values: Values) => mapSealed(values, ({ mark }) => `${maskedSecret}${mark}`);

export const isMark = (value: unknown) => typeof value === "string" && /^••••[0-9a-f]{6}$/.test(value);

/** What the record of a generation says, with the mask for each secret: where one is set, it is kept. */
export const unmark = (values: Values) =>
  mapValues(values, (value) => (isMark(value) ? { is: maskedSecret } : null)) as Values;

/** The same without any secret. */
export const dropMarks = (values: Values) =>
  mapValues(values, (value) => (isMark(value) ? { is: undefined } : null)) as Values;

/** Where secrets stand, as patterns that outlive a change. */
export function patternsOf(paths: readonly Path[], known: readonly string[] = []): string[] {
  return [...new Set([...known, ...paths.map(patternOf)])].sort();
}

/** Paths of these values that were ever a secret, or stand in one. */
export function pathsWithin(values: Values, patterns: readonly string[]): Path[] {
  const found: Path[] = [];
  mapValues(values, (value, path) => {
    if (path.length === 0 || !patterns.includes(patternOf(path))) return null;
    found.push(path);
    return { is: value };
  });
  return found;
}

function mapSealed(values: Values, map: (sealed: Sealed, path: Path) => unknown): Values {
  return mapValues(values, (value, path) => (isSealed(value) ? { is: map(value, path) } : null)) as Values;
}

/** A copy; where `map` answers, what it says stands, and undefined leaves it out. */
export function mapValues(
  value: unknown,
  map: (value: unknown, path: Path) => { is: unknown } | null,
  path: Path = [],
): unknown {
  const mapped = map(value, path);
  if (mapped) return mapped.is;
  if (Array.isArray(value))
    return value
      .map((entry, i) => mapValues(entry, map, [...path, i]))
      .filter((entry) => entry !== undefined);
  if (!isObject(value)) return value;
  const copy: Values = {};
  for (const [key, inner] of Object.entries(value)) {
    if (key === "__proto__") continue;
    const result = mapValues(inner, map, [...path, key]);
    if (result !== undefined) copy[key] = result;
  }
  return copy;
}

/** What was given, with each secret as it stands sealed in the settings that came of it. */
export const sealedLike = (given: Values, settings: Values) =>
  mapValues(given, (_, path) => {
    const held = getAt(settings, path);
    return path.length > 0 && isSealed(held) ? { is: held } : null;
  }) as Values;
