import type { FlagDefinition } from "../../../contract/flags.ts";
import {
  type Condition,
  type Rule,
  readRules,
  writeCondition,
  writeRules,
} from "../../../sdk/flags/index.ts";
import type { Json } from "../../core/index.ts";

interface Design {
  id: string;
  variants: readonly { variant: string; weight: number }[];
  audience: readonly Condition[];
  share: number;
}

/**
 * Users fall into buckets by the experiment's own id, so that who is in one says nothing about any other; and by two
 * hashes, so that a larger share moves nobody to another variant.
 */
const bucket = (id: string, purpose: string): Json => ({
  cat: [`${id}:${purpose}:`, { var: "targetingKey" }],
});

function takesPart({ id, audience, share }: Design): Json {
  // Without a key everybody unknown would be in one and the same bucket.
  const conditions: Json[] = [
    { "!!": [{ var: "targetingKey" }] },
    ...audience.map((condition) => writeCondition(condition) as Json),
  ];
  if (share < 100) {
    const shares: Json = { fractional: [bucket(id, "share"), ["in", share], ["out", 100 - share]] };
    conditions.push({ "===": [shares, "in"] });
  }
  return conditions.length === 1 ? (conditions[0] as Json) : { and: conditions };
}

function split({ id, variants }: Design): Json {
  return {
    fractional: [bucket(id, "variant"), ...variants.map(({ variant, weight }): Json => [variant, weight])],
  };
}

const rest = ({ targeting }: FlagDefinition): Json =>
  targeting === undefined || Object.keys(targeting).length === 0 ? null : targeting;

/** The flag while the experiment runs: its split first, then whatever the flag said before. */
export function writeRunning(flag: FlagDefinition, design: Design): FlagDefinition {
  return { ...flag, state: "ENABLED", targeting: { if: [takesPart(design), split(design), rest(flag)] } };
}

/** Answers with the variant that the experiment gives, and with nothing to those who are not in it. */
export function writeAssignment(flag: FlagDefinition, design: Design): FlagDefinition {
  const targeting = { if: [takesPart(design), split(design), null] };
  return { state: "ENABLED", variants: flag.variants, targeting };
}

/** Everyone in the audience gets the winner; for the others the flag says what it said before. */
export function writeWon(
  flag: FlagDefinition,
  audience: readonly Condition[],
  winner: string,
): FlagDefinition {
  const base: FlagDefinition = { ...flag, state: "ENABLED" };
  if (audience.length === 0 && rest(flag) === null) return { ...base, defaultVariant: winner };
  const rules = readRules(flag.targeting);
  const first: Rule = { conditions: [...audience], outcome: { kind: "variant", variant: winner } };
  if (rules !== null)
    return { ...base, targeting: writeRules([first, ...rules]) as NonNullable<FlagDefinition["targeting"]> };
  const conditions = audience.map((condition) => writeCondition(condition) as Json);
  const met: Json = conditions.length === 0 ? true : { and: conditions };
  return { ...base, targeting: { if: [met, winner, rest(flag)] } };
}
