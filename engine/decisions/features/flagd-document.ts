import type { FlagDefinition, FlagdDocument, FlagInput } from "../../../contract/flags.ts";
import { type Requirement, readRequirement, writeRequirement } from "../../../sdk/flags/index.ts";
import type { Json } from "../../core/index.ts";
import { type FindFlag, requirementLogic, requirementsIn } from "../targeting/requirements.ts";

const prefix = "requires.";
const plain = /^[A-Za-z0-9]+$/;

/**
 * A name that says the requirement, so that the document can be read back: `requires.new-editor.on_or_beta`. Only
 * characters that mean nothing in the patterns by which flagd's cores look for it.
 */
function nameOf({ flag, variants }: Requirement): string {
  const said = variants.every((variant) => plain.test(variant))
    ? variants.join("_or_")
    : `_${Buffer.from(JSON.stringify(variants)).toString("base64url")}`;
  return `${prefix}${flag}.${said}`;
}

function readName(name: string): Requirement | null {
  if (!name.startsWith(prefix)) return null;
  const cut = name.lastIndexOf(".");
  const flag = name.slice(prefix.length, cut);
  const said = name.slice(cut + 1);
  if (flag === "" || said === "") return null;
  if (!said.startsWith("_")) return { flag, variants: said.split("_or_") };
  try {
    const variants = JSON.parse(Buffer.from(said.slice(1), "base64url").toString()) as string[];
    return readRequirement({ $flag: [flag, variants] });
  } catch {
    return null;
  }
}

/** Every flag as it counts now. What a flag requires becomes a shared evaluator that holds the other flag's rules. */
export function exportDocument(
  flags: readonly { key: string; definition: FlagDefinition }[],
  evaluators: Readonly<Record<string, Json>>,
  find: FindFlag,
): FlagdDocument {
  const required = new Map<string, Json>();
  const rename = (logic: Json, key: string): Json =>
    mapRequirements(logic, (requirement) => {
      const name = nameOf(requirement);
      if (!required.has(name)) required.set(name, requirementLogic(requirement, find, [key]));
      return { $ref: name };
    });
  const shared = Object.fromEntries(
    Object.entries(evaluators).map(([name, logic]) => [name, rename(logic, "")]),
  );
  const documents = flags.map(({ key, definition }) => {
    const { targeting } = definition;
    if (requirementsIn(targeting).length === 0) return [key, definition] as const;
    return [
      key,
      { ...definition, targeting: rename(targeting as Json, key) as Record<string, Json> },
    ] as const;
  });
  // After those that use them: flagd replaces names in this order, once each.
  const all = { ...shared, ...Object.fromEntries(required) };
  return {
    $schema: "https://flagd.dev/schema/v0/flags.json",
    flags: Object.fromEntries(documents),
    ...(Object.keys(all).length === 0 ? {} : { $evaluators: all }),
  };
}

/** The inverse: requirements are requirements again, whatever the evaluator held. */
export function readDocument(document: FlagdDocument): {
  flags: Record<string, FlagInput>;
  evaluators: Record<string, Json>;
} {
  const given = document.$evaluators ?? {};
  const restore = (logic: Json): Json =>
    mapRefs(logic, (name) => {
      const requirement = Object.hasOwn(given, name) ? readName(name) : null;
      return requirement === null ? null : (writeRequirement(requirement) as Json);
    });
  const flags = Object.entries(document.flags).map(([key, { description, ...definition }]) => {
    const targeting = definition.targeting && (restore(definition.targeting) as Record<string, Json>);
    const input: FlagInput = {
      definition: targeting === undefined ? definition : { ...definition, targeting },
    };
    return [key, description === undefined ? input : { ...input, description }] as const;
  });
  const evaluators = Object.entries(given)
    .filter(([name]) => readName(name) === null)
    .map(([name, logic]) => [name, restore(logic)] as const);
  return { flags: Object.fromEntries(flags), evaluators: Object.fromEntries(evaluators) };
}

function mapRequirements(logic: Json, change: (requirement: Requirement) => Json): Json {
  const requirement = readRequirement(logic);
  return requirement === null
    ? mapParts(logic, (part) => mapRequirements(part, change))
    : change(requirement);
}

function mapRefs(logic: Json, change: (name: string) => Json | null): Json {
  if (typeof logic === "object" && logic !== null && !Array.isArray(logic)) {
    const name = logic.$ref;
    const changed = typeof name === "string" ? change(name) : null;
    if (changed !== null) return changed;
  }
  return mapParts(logic, (part) => mapRefs(part, change));
}

function mapParts(logic: Json, change: (part: Json) => Json): Json {
  if (Array.isArray(logic)) return logic.map(change);
  if (typeof logic !== "object" || logic === null) return logic;
  return Object.fromEntries(Object.entries(logic).map(([name, part]) => [name, change(part)]));
}
