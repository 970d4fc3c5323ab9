import { isDeepStrictEqual } from "node:util";
import type { FlagDefinition, FlagType } from "../../../contract/flags.ts";
import type { Manifest } from "../../../sdk/manifest/index.ts";
import type { Json } from "../../core/index.ts";

export interface DeclaredFlag {
  module: string;
  name: string;
  type: FlagType;
  fallback: Json;
  description: string;
  definition: FlagDefinition;
}

/** A module's flag `semantic-search` is `knowledge-graph.semantic-search` everywhere outside the module. */
export function flagKey(module: string, name: string): string {
  return `${module}.${name}`;
}

export function declareFlags(module: string, flags: Manifest["flags"]): [string, DeclaredFlag][] {
  return Object.entries(flags).map(([name, flag]) => [
    flagKey(module, name),
    {
      module,
      name,
      type: flag.type,
      fallback: flag.default,
      description: flag.description ?? "",
      definition: defaultDefinition(flag),
    },
  ]);
}

function defaultDefinition({ type, default: fallback, variants }: Manifest["flags"][string]): FlagDefinition {
  const given: Record<string, Json> =
    variants ?? (type === "boolean" ? { on: true, off: false } : { default: fallback });
  const named = Object.entries(given).find(([, value]) => isDeepStrictEqual(value, fallback))?.[0];
  if (named !== undefined) return { state: "ENABLED", variants: given, defaultVariant: named };
  return { state: "ENABLED", variants: { ...given, default: fallback }, defaultVariant: "default" };
}

export function typeOf(definition: FlagDefinition): FlagType {
  const [first] = Object.values(definition.variants);
  const type = typeof first;
  return type === "boolean" || type === "string" || type === "number" ? type : "object";
}
