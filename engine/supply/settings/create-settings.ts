import { GraftError, type SecretBox } from "../../core/index.ts";
import { type ConfigSchema, maskedSecret, refusedConfig } from "../manifest/index.ts";
import type { Evaluate } from "./evaluate-beside.ts";
import { fillDefaults } from "./fill-defaults.ts";
import { keepMasked } from "./keep-masked.ts";
import { type Migration, migrateValues, type RunMigration } from "./migrate-values.ts";
import { getAt, nameOf, patternOf } from "./paths.ts";
import {
  mapValues,
  openSecrets,
  pathsWithin,
  patternsOf,
  refuseForged,
  sealSecrets,
  unmark,
} from "./sealed.ts";
import { shownConfig } from "./shown-config.ts";
import type { Path, SettingChange, SettingProblem, StoredSettings, Values } from "./types.ts";

export interface SettingsDeps {
  box: SecretBox;
  evaluate: Evaluate;
  runMigration: RunMigration;
}

export interface CarryRequest {
  module: string;
  /** Of the version to come. */
  schema: ConfigSchema | undefined;
  /** Of the version they were set for; null for a module that was not there. */
  before: ConfigSchema | null;
  stored: StoredSettings;
  /** What a generation gone back to had, in place of what is stored; its secrets are masked. */
  former?: Values;
  /** Given with the change, as a merge patch, secrets perhaps sealed; a mask keeps the secret there is. */
  given?: Values;
  /** The module's own way to the new version. */
  migration?: Migration;
}

export interface CarriedSettings {
  stored: StoredSettings;
  changes: SettingChange[];
  /** What has to be given before the version can have its settings. */
  missing: SettingProblem[];
  /** As the version will have them, with defaults, secrets masked. */
  shown: Values;
}

/** What is stored of a module's settings, and what another version or an administrator makes of it. */
export interface ModuleSettings {
  /**
   * What is stored when `sent` replaces what is. Secrets that came back masked keep their value.
   * @throws INVALID_INPUT with `details.fieldErrors`, `smtp.host` for one inside an object
   */
  replace(
    of: { module: string; schema: ConfigSchema },
    sent: Values,
    stored: StoredSettings,
  ): Promise<StoredSettings>;
  /** @throws INVALID_INPUT for what was given and is not accepted, SETTINGS_MIGRATION_FAILED, MANIFEST_INVALID */
  carry(request: CarryRequest): Promise<CarriedSettings>;
}

export const noSettings: StoredSettings = { config: {}, secrets: [], aside: {} };

export function createModuleSettings(deps: SettingsDeps): ModuleSettings {
  const { box, evaluate } = deps;

  const replace: ModuleSettings["replace"] = async ({ module, schema }, sent, stored) => {
    refuseForged(sent);
    const kept = keepMasked(sent, stored.config, stored.secrets);
    const { values, unread } = openSecrets(box, module, kept.values);
    const found = await evaluate(module, { kind: "check", schema, values, secrets: stored.secrets });
    refuseLost([...kept.lost, ...found.lost]);
    const problems = [...found.problems, ...unread.map((path) => ({ path: [...path], words: unreadWords }))];
    if (problems.length > 0) throw refusedConfig(problems);
    return {
      config: sealSecrets(box, module, { ...found, before: [kept.values, stored.config] }),
      secrets: patternsOf(found.secrets, stored.secrets),
      aside: stored.aside,
    };
  };

  async function carry(request: CarryRequest): Promise<CarriedSettings> {
    const { module, schema = null, before, stored, given = {} } = request;
    if (needsNothing(request)) return unset(schema, stored);
    const base = request.former ? formerSettings(request.former, stored) : stored.config;
    const kept = keepMasked(given, base, stored.secrets);
    const [held, aside, patch] = [base, stored.aside, kept.values].map((all) =>
      openSecrets(box, module, all),
    );
    const migrated = await migrateValues(deps.runMigration, request.migration, {
      values: held?.values ?? {},
      secrets: stored.secrets,
    });
    const found = await evaluate(module, {
      ...{ kind: "carry", schema, before, given: patch?.values ?? {}, secrets: migrated.secrets },
      values: migrated.values,
      aside: { ...aside?.values, ...migrated.aside },
    });
    refuseLost([...kept.lost, ...found.lost]);
    const wrong = found.problems.filter(({ path }) => path.length > 0 && getAt(given, path) !== undefined);
    if (wrong.length > 0) throw refusedConfig(wrong);
    const secrets = patternsOf(found.secrets, migrated.secrets);
    const config = sealSecrets(box, module, { ...found, before: [kept.values, base] });
    const unread = (held?.unread ?? []).filter((path) => getAt(given, path) === undefined);
    return {
      stored: {
        ...{ config, secrets },
        aside: sealSecrets(box, module, {
          values: found.aside,
          secrets: pathsWithin(found.aside, secrets),
          before: [stored.config, stored.aside],
        }),
      },
      changes: [...migrated.changes, ...found.changes].map((change) =>
        hide(change, secrets, found.hidden.includes(change.key)),
      ),
      missing: [
        ...found.problems.map(({ path, words }) => ({ key: nameOf(path), problem: words })),
        ...(schema === null ? [] : unread.map((path) => ({ key: nameOf(path), problem: unreadWords }))),
      ],
      shown: shownConfig({ schema: schema ?? undefined, config }),
    };
  }

  return { replace, carry };
}

const plainKeywords = [
  "$schema",
  "$id",
  "$defs",
  "title",
  "description",
  "type",
  "properties",
  "additionalProperties",
];

/** Nothing set, nothing given, and a schema that accepts that: it need not be evaluated. */
function needsNothing({ schema, stored, former = {}, given = {} }: CarryRequest): boolean {
  return (
    Object.keys(schema ?? {}).every((keyword) => plainKeywords.includes(keyword)) &&
    [stored.config, stored.aside, former, given].every((values) => Object.keys(values).length === 0)
  );
}

function unset(schema: ConfigSchema | null, stored: StoredSettings): CarriedSettings {
  return { stored, changes: [], missing: [], shown: fillDefaults(schema, {}) };
}

const unreadWords = "was stored with another GRAFT_SECRET and cannot be read: type it again";

/** As a generation was left. A secret is the one that is set now: generations hold none. */
function formerSettings(former: Values, { config, secrets }: StoredSettings): Values {
  const { values } = keepMasked(unmark(former), config, secrets);
  return mapValues(values, (value) => (value === maskedSecret ? { is: undefined } : null)) as Values;
}

function hide(
  { key, change, reason, ...rest }: SettingChange & { path: Path },
  secrets: string[],
  whole: boolean,
) {
  const isSecret = whole || rest.path.some((_, i) => secrets.includes(patternOf(rest.path.slice(0, i + 1))));
  const shown = (value: unknown) => (isSecret && value !== null ? maskedSecret : value);
  return { key, change, reason, from: shown(rest.from), to: shown(rest.to) };
}

function refuseLost(lost: readonly Path[]): void {
  if (lost.length === 0) return;
  const words = "is masked, and which stored secret this entry had cannot be told: type it again";
  const { message, details } = refusedConfig(lost.map((path) => ({ path: [...path], words })));
  throw new GraftError("INVALID_INPUT", message, {
    hint: "An entry of a list keeps its secret by its id, key or name, else while nothing else about it changes.",
    details,
  });
}
