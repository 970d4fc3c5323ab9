import semver from "semver";
import type { Manifest } from "../../../sdk/manifest/index.ts";
import { type Actor, type Digest, GraftError } from "../../core/index.ts";
import type { CurrentState } from "../../supply/installed/index.ts";
import {
  type CarriedSettings,
  keepMasked,
  type ModuleSettings,
  maskSealed,
  noSettings,
  refuseForged,
  type StoredSettings,
  sealedLike,
  sealedPatterns,
} from "../../supply/settings/index.ts";
import type { ModuleStore } from "../../supply/store/index.ts";
import type { PlanChange, PlanConfig, PlanStep } from "./types.ts";

export interface SettingsDeps {
  store: Pick<ModuleStore, "getModule" | "readFile">;
  settings: Pick<ModuleSettings, "carry">;
}

type Values = Record<string, unknown>;
/** Settings given with the changes of a plan, by module. */
export type GivenSettings = ReadonlyMap<string, Values>;

interface InstalledVersion {
  version: string;
  manifest: Manifest;
  settings?: StoredSettings;
}

/** Author's own carrying over of settings, run by the host. */
const migrationFile = /^settings\/migrate\.(ts|mts|js|mjs)$/;

/**
 * What the settings of a module become by one step of a plan; null when there are none, before or after. When a plan is
 * made it says so, when it is applied it is computed once more: settings may have changed in between.
 * @throws INVALID_INPUT for given settings that are not accepted, MANIFEST_INVALID, SETTINGS_MIGRATION_FAILED
 */
async function carryStep(
  { store, settings }: SettingsDeps,
  step: { module: string; digest: Digest; former?: Values | undefined; given?: Values | undefined },
  before: InstalledVersion | undefined,
): Promise<CarriedSettings | null> {
  const { module, digest, former, given } = step;
  const { manifest, files } = await store.getModule(digest);
  const stored = before?.settings ?? noSettings;
  const isEmpty = [stored.config, stored.aside, given ?? {}].every((all) => Object.keys(all).length === 0);
  if (manifest.config === undefined && isEmpty) return null;
  const file = Object.keys(files).find((path) => migrationFile.test(path));
  const migrates = before && file && !former && semver.gt(manifest.version, before.version);
  const source = migrates ? (await store.readFile(digest, file)).toString("utf8") : null;
  return settings.carry({
    ...{ module, stored, schema: manifest.config, before: before?.manifest.config ?? null },
    ...(former && { former }),
    ...(given && { given }),
    ...(source !== null && before
      ? { migration: { module, source, from: before.version, to: manifest.version } }
      : {}),
  });
}

/** By module; without those that have no settings. */
export async function carrySteps(
  deps: SettingsDeps,
  steps: readonly PlanStep[],
  { current, given }: { current: CurrentState; given: GivenSettings },
): Promise<Map<string, CarriedSettings>> {
  const carried = new Map<string, CarriedSettings>();
  for (const { action, module, digest, settings } of steps) {
    if (action === "uninstall") continue;
    const before = current.modules.find(({ name }) => name === module);
    const step = { module, digest: digest as Digest, former: settings?.config, given: given.get(module) };
    const one = await carryStep(deps, step, before);
    if (one) carried.set(module, one);
  }
  return carried;
}

/** The steps with what becomes of their modules' settings. */
export async function describeConfigs(
  { store }: SettingsDeps,
  steps: readonly PlanStep[],
  carried: ReadonlyMap<string, CarriedSettings>,
): Promise<PlanStep[]> {
  const described = steps.map(async (step) => {
    const one = step.action === "uninstall" ? undefined : carried.get(step.module);
    if (!one) return step;
    const { manifest } = await store.getModule(step.digest as Digest);
    const { shown, missing, changes } = one;
    return {
      ...step,
      config: { schema: manifest.config ?? null, values: shown, missing, changes } as PlanConfig,
    };
  });
  return Promise.all(described);
}

/** @throws SETTINGS_REQUIRED naming what is missing, of every module */
export function assertNothingMissing(
  steps: readonly PlanStep[],
  carried: ReadonlyMap<string, CarriedSettings>,
): void {
  const asking = [...carried].filter(([, { missing }]) => missing.length > 0);
  if (asking.length === 0) return;
  const texts = asking.map(([module, { missing }]) => {
    const title = steps.find((step) => step.module === module)?.title ?? module;
    return `${title}: ${missing.map(({ key, problem }) => `${key || "the settings"} ${problem}`).join(", ")}`;
  });
  throw new GraftError("SETTINGS_REQUIRED", `Settings have to be given first. ${texts.join(". ")}.`, {
    hint: "Give them in the plan: in the browser's form, with --set KEY=VALUE or --settings FILE, or as `config` of the change.",
    details: { settings: Object.fromEntries(asking.map(([module, { missing }]) => [module, missing])) },
  });
}

/** @throws INVALID_INPUT when settings are given twice for a module */
export function readGiven(changes: readonly PlanChange[]): Map<string, Values> {
  const given = new Map<string, Values>();
  for (const [module, config] of changes.flatMap(configsOf)) {
    if (given.has(module)) throw new GraftError("INVALID_INPUT", `Settings of ${module} are given twice.`);
    given.set(module, config);
  }
  return given;
}

function configsOf(change: PlanChange): [string, Values][] {
  if (change.action === "uninstall" || !change.config) return [];
  if (change.action === "install" || change.action === "upgrade") return [[change.module, change.config]];
  return Object.entries(change.config);
}

/** Changes as they may be shown: secrets among the settings given are masked. */
export const maskChanges = (changes: readonly PlanChange[]) =>
  mapConfigs(changes, (_, config) => maskSealed(config));

/** Changes as they are kept: what turned out to be a secret is sealed as in the settings to come. */
export function sealChanges(
  changes: readonly PlanChange[],
  carried: ReadonlyMap<string, CarriedSettings>,
): PlanChange[] {
  return mapConfigs(changes, (module, config) =>
    sealedLike(config, carried.get(module)?.stored.config ?? {}),
  );
}

/**
 * Changes as somebody sent them, with the secrets that were given to an earlier plan and came back masked.
 * @throws INVALID_INPUT
 */
export function receiveChanges(
  changes: readonly PlanChange[],
  earlier: readonly PlanChange[] = [],
): PlanChange[] {
  const before = readGiven(earlier);
  return mapConfigs(changes, (module, config) => {
    refuseForged(config);
    const given = before.get(module) ?? {};
    return keepMasked(config, given, sealedPatterns(given)).values;
  });
}

function mapConfigs(
  changes: readonly PlanChange[],
  map: (module: string, config: Values) => Values,
): PlanChange[] {
  return changes.map((change) => {
    if (change.action === "uninstall" || !change.config) return change;
    if (change.action === "install" || change.action === "upgrade")
      return { ...change, config: map(change.module, change.config) as typeof change.config };
    const configs = Object.entries(change.config).map(([module, config]) => [module, map(module, config)]);
    return { ...change, config: Object.fromEntries(configs) };
  });
}

/**
 * @throws INVALID_INPUT when settings are given for a module that the plan leaves as it is or that has none, FORBIDDEN
 * for those of an installed module to who may not change them
 */
export function assertMayGive(actor: Actor, given: GivenSettings, steps: readonly PlanStep[]): void {
  for (const module of given.keys()) {
    const step = steps.find((one) => one.module === module && one.action !== "uninstall");
    if (!step)
      throw new GraftError(
        "INVALID_INPUT",
        `The plan does not change ${module}, so it takes no settings for it.`,
        {
          hint: `Use PUT /modules/${module}/config, or the settings of the module in the browser.`,
        },
      );
    if (!step.config?.schema)
      throw new GraftError("INVALID_INPUT", `${step.title} ${step.to} takes no settings in this plan.`, {
        details: { module },
      });
    if (step.action !== "install" && actor.role !== "administrator")
      throw new GraftError("FORBIDDEN", `Only administrators change the settings of ${step.title}.`, {
        hint: "Make the plan without them, or ask an administrator of this host.",
      });
  }
}
