import type { FlagDefinition } from "../../../contract/flags.ts";
import { type Requirement, readRequirement } from "../../../sdk/flags/index.ts";
import { GraftError, type Json } from "../../core/index.ts";

/** The definition of a flag as it counts now; null: there is no such flag. */
export type FindFlag = (key: string) => FlagDefinition | null;

/**
 * Puts what a required flag decides in the place of each requirement, as targeting that every flagd understands: what
 * Graft evaluates is what it exports. A flag that is missing or switched off gives no variant. What would become too
 * large stays as it is written, and answers with an error.
 */
export function inlineRequirements(key: string, definition: FlagDefinition, find: FindFlag): FlagDefinition {
  return inlineWithin(key, definition, find) ?? definition;
}

/** Null: it would become too large. Flags that require a flag twice double with each. */
export function inlineWithin(key: string, definition: FlagDefinition, find: FindFlag): FlagDefinition | null {
  const { targeting } = definition;
  if (targeting === undefined || !mayRequire(targeting)) return definition;
  try {
    const inlined = inline(targeting, { find, left: { parts: partsMax } }, [key]);
    return { ...definition, targeting: inlined as Record<string, Json> };
  } catch (error) {
    if (error === tooMany) return null;
    throw error;
  }
}

// More than a definition of the largest size can have.
const partsMax = 200_000;
const tooMany = Symbol("too many parts");

interface Inlining {
  find: FindFlag;
  left: { parts: number };
}

/** One requirement as flagd's logic. */
export function requirementLogic(requirement: Requirement, find: FindFlag, trail: readonly string[]): Json {
  try {
    return logicOf(requirement, { find, left: { parts: partsMax } }, trail);
  } catch (error) {
    // As flags stand that were saved together, none is so large.
    if (error === tooMany) return false;
    throw error;
  }
}

function logicOf(requirement: Requirement, inlining: Inlining, trail: readonly string[]): Json {
  const { find, left } = inlining;
  const { flag, variants } = requirement;
  // A circle is refused when it is saved; one that came about otherwise gives nothing, and ends.
  const definition = trail.includes(flag) ? null : find(flag);
  if (definition === null || definition.state === "DISABLED") return false;
  const byDefault = definition.defaultVariant != null && variants.includes(definition.defaultVariant);
  const { targeting } = definition;
  if (targeting === undefined || Object.keys(targeting).length === 0) return byDefault;
  const answer = pin(inline(targeting, inlining, [...trail, flag]), flag, left);
  const isOne: Json = { in: [answer, variants.flatMap(namesOf)] };
  return byDefault ? { or: [isOne, { "===": [answer, null] }] } : isOne;
}

function inline(logic: Json, inlining: Inlining, trail: readonly string[]): Json {
  const requirement = readRequirement(logic);
  if (requirement !== null) return logicOf(requirement, inlining, trail);
  return mapParts(logic, inlining.left, (part) => inline(part, inlining, trail));
}

/** Targeting answers true for the variant `true`. */
function namesOf(variant: string): Json[] {
  return variant === "true" || variant === "false" ? [variant, variant === "true"] : [variant];
}

/** Shares go by the flag's key: inside of another flag they must go by it still. */
function pin(logic: Json, key: string, left: Inlining["left"]): Json {
  if (typeof logic === "object" && logic !== null && !Array.isArray(logic)) {
    if (logic.var === "$flagd.flagKey") return key;
    const { fractional } = logic;
    if (Array.isArray(fractional) && Array.isArray(fractional[0])) {
      const seed = { cat: [key, { var: "targetingKey" }] };
      return { if: [{ var: "targetingKey" }, { fractional: [seed, ...fractional] }, null] };
    }
  }
  return mapParts(logic, left, (part) => pin(part, key, left));
}

function mapParts(logic: Json, left: Inlining["left"], change: (part: Json) => Json): Json {
  if (--left.parts < 0) throw tooMany;
  if (Array.isArray(logic)) return logic.map(change);
  if (typeof logic !== "object" || logic === null) return logic;
  return Object.fromEntries(Object.entries(logic).map(([name, part]) => [name, change(part)]));
}

/** Every requirement in a piece of targeting. */
export function requirementsIn(logic: Json | undefined): Requirement[] {
  if (typeof logic !== "object" || logic === null) return [];
  const own = readRequirement(logic);
  if (own !== null) return [own];
  return (Array.isArray(logic) ? logic : Object.values(logic)).flatMap(requirementsIn);
}

/** Something named `$flag` that is no requirement, as JSON; null: none. */
export function malformedRequirement(logic: Json | undefined): string | null {
  if (typeof logic !== "object" || logic === null || readRequirement(logic) !== null) return null;
  if (!Array.isArray(logic) && Object.hasOwn(logic, "$flag")) return JSON.stringify(logic);
  for (const part of Array.isArray(logic) ? logic : Object.values(logic)) {
    const found = malformedRequirement(part);
    if (found !== null) return found;
  }
  return null;
}

function mayRequire(targeting: Record<string, Json>): boolean {
  return JSON.stringify(targeting).includes('"$flag"');
}

/** @throws CONFLICT naming the circle when `key` comes to require itself */
export function refuseCycle(key: string, find: FindFlag): void {
  const seen = new Set<string>();
  const follow = (at: string, trail: string[]): string[] | null => {
    for (const { flag } of requirementsIn(find(at)?.targeting)) {
      if (flag === key) return [...trail, flag];
      if (seen.has(flag)) continue;
      seen.add(flag);
      const found = follow(flag, [...trail, flag]);
      if (found !== null) return found;
    }
    return null;
  };
  const cycle = follow(key, [key]);
  if (cycle === null) return;
  throw new GraftError("INVALID_INPUT", `Flags would require each other in a circle: ${cycle.join(" → ")}.`, {
    hint: "Take one of these requirements away.",
    details: { cycle, fieldErrors: { [key]: [`requires itself: ${cycle.join(" → ")}`] } },
  });
}
