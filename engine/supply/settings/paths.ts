import { isObject } from "../manifest/secret-schema.ts";
import type { Path, Values } from "./types.ts";

/** A path as text with every index of a list as `*`, so that it outlives a change of order. */
export function patternOf(path: Path): string {
  return path.map((part) => `/${typeof part === "number" ? "*" : escapeKey(part)}`).join("");
}

const escapeKey = (key: string) => key.replaceAll("~", "~0").replaceAll("/", "~1").replaceAll("*", "~2");

/** As people read it: `smtp.host`. */
export const nameOf = (path: Path) => path.join(".");

/** In an entry of a list. */
export const isListed = (path: Path) => path.some((part) => typeof part === "number");

export function getAt(values: unknown, path: Path): unknown {
  let found = values;
  for (const part of path) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, part)) return undefined;
    found = (found as Record<string | number, unknown>)[part];
  }
  return found;
}

/** A copy in which the value is there; objects on the way are made, anything else on the way gives way. */
export function setAt(values: Values, path: Path, value: unknown): Values {
  return put(values, path, value) as Values;
}

function put(holder: unknown, [part, ...rest]: Path, value: unknown): unknown {
  if (part === undefined) return value;
  if (Array.isArray(holder)) {
    const list = [...holder];
    list[Number(part)] = put(list[Number(part)], rest, value);
    return list;
  }
  const object = isObject(holder) ? holder : {};
  return { ...object, [part]: put(ownOf(object, part), rest, value) };
}

const ownOf = (object: Values, key: string | number) =>
  Object.hasOwn(object, key) ? object[key] : undefined;

/** A copy without it. */
export function deleteAt(values: Values, path: Path): Values {
  return remove(values, path) as Values;
}

function remove(holder: unknown, [part, ...rest]: Path): unknown {
  if (part === undefined) return holder;
  if (Array.isArray(holder))
    return rest.length === 0
      ? holder.filter((_, i) => i !== part)
      : holder.map((entry, i) => (i === part ? remove(entry, rest) : entry));
  if (!isObject(holder) || !Object.hasOwn(holder, part)) return holder;
  const { [part]: old, ...others } = holder;
  return rest.length === 0 ? others : { ...holder, [part]: remove(old, rest) };
}

/** Each value that is neither an object nor a list, or is empty, or is what `isLeaf` says. */
export function leavesOf(
  value: unknown,
  isLeaf: (value: unknown) => boolean = () => false,
  path: Path = [],
): { path: Path; value: unknown }[] {
  const isHolder = typeof value === "object" && value !== null && !isLeaf(value);
  const inner = isHolder
    ? Object.entries(value).flatMap(([key, held]) =>
        leavesOf(held, isLeaf, [...path, Array.isArray(value) ? Number(key) : key]),
      )
    : [];
  return inner.length === 0 && path.length > 0 ? [{ path, value }] : inner;
}
