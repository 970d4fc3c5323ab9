import { isDeepStrictEqual } from "node:util";
import type { FlagDefinition, FlagView } from "../../../contract/flags.ts";
import { GraftError } from "../../core/index.ts";
import { compileFlag } from "../targeting/compile-flag.ts";
import type { FlagLookup } from "../targeting/flag-lookup.ts";
import type { DeclaredFlag } from "../targeting/module-flags.ts";
import { inlineRequirements, requirementsIn } from "../targeting/requirements.ts";
import { resolveRefs } from "../targeting/resolve-refs.ts";
import type { UsageCounters } from "./count-usage.ts";
import { describeFlag } from "./describe-flag.ts";
import type { LiveFlag } from "./evaluate-declared.ts";
import type { StoredFlags } from "./flags.sql.ts";

/** Every flag as it counts now, compiled and in memory: what is stored over what modules declare. */
export interface LiveFlags extends FlagLookup {
  readonly stored: StoredFlags;
  readonly declared: ReadonlyMap<string, DeclaredFlag>;
  readonly compiled: ReadonlyMap<string, LiveFlag>;
  /** By key. */
  readonly all: readonly LiveFlag[];
  /** As written. */
  definitionOf(key: string): FlagDefinition | null;
  /** Out of use a flag has no rules; the rest is as written. */
  asItCounts(definition: FlagDefinition | null, archived?: boolean): FlagDefinition | null;
  build(key: string, definition: FlagDefinition): ReturnType<typeof compileFlag>;
  view(key: string): FlagView | null;
  /** @throws NOT_FOUND */
  requireView(key: string): FlagView;
  /** True when it was different. */
  setStored(stored: StoredFlags): boolean;
  setDeclared(declared: ReadonlyMap<string, DeclaredFlag>): void;
}

export function createLiveFlags(counters: Pick<UsageCounters, "of" | "follow">): LiveFlags {
  let stored: StoredFlags = { flags: new Map(), evaluators: {} };
  let declared: ReadonlyMap<string, DeclaredFlag> = new Map();
  let compiled: ReadonlyMap<string, LiveFlag> = new Map();
  let all: readonly LiveFlag[] = [];
  let requiredBy: ReadonlyMap<string, string[]> = new Map();

  const definitionOf = (key: string) =>
    stored.flags.get(key)?.definition ?? declared.get(key)?.definition ?? null;
  const asItCounts: LiveFlags["asItCounts"] = (definition, archived = false) => {
    if (definition === null || !archived) return definition && resolveRefs(definition, stored.evaluators);
    const { targeting: _, ...rest } = definition;
    return rest;
  };
  const find: LiveFlags["find"] = (key) => asItCounts(definitionOf(key), stored.flags.get(key)?.archived);
  const resolve = (key: string, definition: FlagDefinition) =>
    inlineRequirements(key, resolveRefs(definition, stored.evaluators), find);
  const build = (key: string, definition: FlagDefinition) => compileFlag(key, resolve(key, definition));
  const requires = (key: string) => [
    ...new Set(requirementsIn(find(key)?.targeting).map(({ flag }) => flag)),
  ];

  function recompile() {
    const keys = [...new Set([...declared.keys(), ...stored.flags.keys()])].sort();
    counters.follow(keys);
    compiled = new Map(
      keys.map((key) => [key, { ...build(key, find(key) as FlagDefinition), usage: counters.of(key) }]),
    );
    all = [...compiled.values()];
    const needs = new Map<string, string[]>();
    for (const key of keys)
      for (const flag of requires(key)) needs.set(flag, [...(needs.get(flag) ?? []), key]);
    requiredBy = needs;
  }

  function view(key: string): FlagView | null {
    const definition = definitionOf(key);
    if (definition === null) return null;
    return describeFlag(key, {
      definition,
      row: stored.flags.get(key),
      own: declared.get(key),
      requires: requires(key),
      requiredBy: requiredBy.get(key),
    });
  }

  return {
    get stored() {
      return stored;
    },
    get declared() {
      return declared;
    },
    get compiled() {
      return compiled;
    },
    get all() {
      return all;
    },
    ...{ definitionOf, asItCounts, find, resolve, build, view },
    evaluators: () => stored.evaluators,
    requireView(key) {
      const found = view(key);
      if (found === null) throw new GraftError("NOT_FOUND", `There is no flag ${key}.`, { details: { key } });
      return found;
    },
    setStored(next) {
      if (isDeepStrictEqual(next, stored)) return false;
      stored = next;
      recompile();
      return true;
    },
    setDeclared(next) {
      declared = next;
      recompile();
    },
  };
}
