import { isObject } from "../manifest/secret-schema.ts";
import type { Values } from "./types.ts";

/** RFC 7396: what the patch names replaces, null removes, the rest stays. */
export function mergePatch(values: Values, patch: Values): Values {
  const merged: Values = { ...values };
  for (const [key, value] of Object.entries(patch)) {
    if (key === "__proto__") continue;
    if (value === null) delete merged[key];
    else if (isObject(value)) {
      const before = Object.hasOwn(merged, key) ? merged[key] : undefined;
      merged[key] = mergePatch(isObject(before) ? before : {}, value);
    } else merged[key] = value;
  }
  return merged;
}
