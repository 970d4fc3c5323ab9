import type { FlagDefinition } from "../../../contract/flags.ts";
import type { Json } from "../../core/index.ts";

/** Of one flag's targeting as JSON, with all that it shares and requires in it. */
export const logicCharsMax = 200_000;

/**
 * Puts the shared parts in the place of `{ "$ref": name }`, in order of their names and by text, as flagd does.
 * What would become too large stays as it is written, which no flagd can build: it answers with an error.
 */
export function resolveRefs(
  definition: FlagDefinition,
  evaluators: Readonly<Record<string, Json>>,
): FlagDefinition {
  return expandRefs(definition, evaluators) ?? definition;
}

/** Null: it would become too large. Parts that name a part twice double with each; that is known before it is made. */
export function expandRefs(
  definition: FlagDefinition,
  evaluators: Readonly<Record<string, Json>>,
): FlagDefinition | null {
  if (definition.targeting === undefined) return definition;
  let text = JSON.stringify(definition.targeting);
  if (!text.includes('"$ref"')) return definition;
  for (const [key, logic] of Object.entries(evaluators)) {
    const parts = text.split(JSON.stringify({ $ref: key }));
    if (parts.length === 1) continue;
    const shared = JSON.stringify(logic);
    const chars = parts.reduce((sum, part) => sum + part.length, (parts.length - 1) * shared.length);
    if (chars > logicCharsMax) return null;
    text = parts.join(shared);
  }
  return { ...definition, targeting: JSON.parse(text) as Record<string, Json> };
}
