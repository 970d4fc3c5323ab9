import { isDeepStrictEqual } from "node:util";
import semver from "semver";
import type { Json } from "../../core/index.ts";
import type { AccessSetting } from "../../decisions/index.ts";
import { maskedSecret } from "../../supply/manifest/index.ts";
import { isMark } from "../../supply/settings/index.ts";
import type { GenerationSettings } from "./generation-settings.ts";
import type { GenerationDifference, GenerationView, ModuleChange } from "./types.ts";

type ComparedModules = Pick<GenerationView["modules"][number], "name" | "version" | "digest">[];

interface ComparedGeneration {
  modules: ComparedModules;
  /** Null: left before this was recorded. */
  settings: GenerationSettings | null;
}

type Compared = Pick<GenerationDifference, "modules" | "access" | "config" | "settingsKnown">;

/** How `to` differs from `from`, by name. Of settings only where both have the module. */
export function compareGenerations(from: ComparedGeneration, to: ComparedGeneration): Compared {
  const settingsKnown = from.settings !== null && to.settings !== null;
  const compared: Compared = {
    modules: compareModules(from.modules, to.modules),
    access: [],
    config: [],
    settingsKnown,
  };
  for (const [module, after] of Object.entries(to.settings ?? {}).sort(byName)) {
    const before = from.settings?.[module];
    if (!before) continue;
    compared.access.push(...compareAccess(before.access, after.access));
    compared.config.push(
      ...compareConfig(before.config, after.config).map((change) => ({ module, ...change })),
    );
  }
  return compared;
}

/** By name; what is the same is left out. */
export function compareModules(from: ComparedModules, to: ComparedModules): ModuleChange[] {
  const old = new Map(from.map((module) => [module.name, module]));
  const changes: ModuleChange[] = [];
  for (const { name, version, digest } of to) {
    const before = old.get(name);
    old.delete(name);
    if (before?.digest === digest) continue;
    const kind = before === undefined ? "added" : directionOf(before.version, version);
    changes.push({ kind, name, from: before?.version ?? null, to: version });
  }
  for (const { name, version } of old.values())
    changes.push({ kind: "removed", name, from: version, to: null });
  return changes.sort((a, b) => a.name.localeCompare(b.name));
}

function directionOf(from: string, to: string): "upgraded" | "downgraded" | "rebuilt" {
  const order = semver.compare(to, from);
  return order === 0 ? "rebuilt" : order > 0 ? "upgraded" : "downgraded";
}

function compareAccess(
  from: Record<string, AccessSetting>,
  to: Record<string, AccessSetting>,
): Compared["access"] {
  return keysOf(from, to)
    .filter((target) => !isDeepStrictEqual(from[target], to[target]))
    .map((target) => ({ target, from: from[target] ?? null, to: to[target] ?? null }));
}

/** By key, `mail.from` inside objects; a secret only as set, not set or changed. */
function compareConfig(from: Record<string, Json>, to: Record<string, Json>) {
  const [before, after] = [flatten(from), flatten(to)];
  return keysOf(before, after)
    .filter((key) => !isDeepStrictEqual(before[key], after[key]))
    .map((key) => {
      const secret = isMark(before[key]) || isMark(after[key]);
      // It may have been plain text to an earlier version.
      const show = (value: Json | undefined) => (value === undefined ? null : secret ? maskedSecret : value);
      return { key, secret, from: show(before[key]), to: show(after[key]) };
    });
}

const holdsMark = (value: Json | undefined): boolean =>
  typeof value === "object" && value !== null ? Object.values(value).some(holdsMark) : isMark(value);

/** A list is one value, but one that holds secrets is `accounts.0.password`, entry by entry. */
function flatten(values: object, prefix = ""): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(values as Record<string, Json>).flatMap(([key, value]) =>
      typeof value === "object" && value !== null && (!Array.isArray(value) || holdsMark(value))
        ? Object.entries(flatten(value, `${prefix}${key}.`))
        : [[`${prefix}${key}`, value]],
    ),
  );
}

function keysOf(a: object, b: object): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
}

function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return a.localeCompare(b);
}
