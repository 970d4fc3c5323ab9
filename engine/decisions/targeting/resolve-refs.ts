import type { FlagDefinition } from "../../../contract/flags.ts";
import type { Json } from "../../core/index.ts";

/** Puts the shared parts in the place of `{ "$ref": name }`, in order of their names and by text, as flagd does. */
export function resolveRefs(
  definition: FlagDefinition,
  evaluators: Readonly<Record<string, Json>>,
): FlagDefinition {
  if (definition.targeting === undefined) return definition;
  let text = JSON.stringify(definition.targeting);
  if (!text.includes('"$ref"')) return definition;
  for (const [key, logic] of Object.entries(evaluators)) {
    // A function, because a replacement text would give $ a meaning.
    text = text.replaceAll(JSON.stringify({ $ref: key }), () => JSON.stringify(logic));
  }
  return { ...definition, targeting: JSON.parse(text) as Record<string, Json> };
}
