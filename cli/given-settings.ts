import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { text as textOf } from "node:stream/consumers";
import type { Command } from "commander";
import { giveSettings } from "../contract/given-settings.ts";
import type { Json } from "../contract/json.ts";
import type { PlanStep, PlanView } from "../contract/plan.ts";
import type { PlanChange } from "../contract/plan-change.ts";
import { usageError } from "./cli-error.ts";
import type { Client } from "./client.ts";
import type { CommandContext } from "./context.ts";

export interface GivenOptions {
  /** `key=value`, `smtp.host=value`, `module:key=value` */
  set?: string[];
  /** Path of a JSON file, or `-`. */
  settings?: string;
}

type Config = Record<string, Json>;
type Schema = Record<string, unknown>;

export function setOption(command: Command): Command {
  return command.option(
    "--set <key=value>",
    "a setting of the module, repeatable: smtp.host=mail.example.org, or MODULE:KEY=VALUE with several modules",
    (text: string, before: string[] = []) => [...before, text],
  );
}

export function settingsOptions(command: Command): Command {
  return setOption(command).option(
    "--settings <file>",
    "settings as JSON, by module where there are several; - reads standard input. The place for secrets",
  );
}

/** A first plan tells which settings there are and of what type; another one is made with what was given. */
export async function planWithSettings(
  { context, client }: { context: CommandContext; client: Client },
  first: PlanView,
  options: GivenOptions,
): Promise<PlanView> {
  if (options.set === undefined && options.settings === undefined) return first;
  const steps = first.steps.filter(({ action }) => action !== "uninstall");
  let { changes } = first;
  if (options.settings !== undefined)
    for (const [step, config] of await readFileSettings(context, options.settings, steps))
      changes = giveSettings(changes, step, config);
  for (const text of options.set ?? []) {
    const { step, path, value } = readSetting(text, steps);
    changes = giveSettings(changes, step, nest(givenFor(changes, step.module), path, value));
  }
  return client.call<PlanView>("POST", "/plans", { changes, from: first.id });
}

/** @throws UsageError naming what has to be given */
export function assertNothingMissing({ steps }: PlanView): void {
  const asking = steps.filter(({ config }) => (config?.missing.length ?? 0) > 0);
  const [first] = asking;
  if (!first) return;
  const texts = asking.flatMap(({ module, config }) =>
    (config?.missing ?? []).map(({ key, problem }) => `${module}: ${key || "its settings"} ${problem}`),
  );
  const key = first.config?.missing[0]?.key || "KEY";
  throw usageError(
    `Settings have to be given first. ${texts.join("; ")}.`,
    `Add --set ${steps.length > 1 ? `${first.module}:` : ""}${key}=VALUE, or --settings FILE with JSON, where secrets do not stand in the shell's history.`,
  );
}

async function readFileSettings(
  { cwd }: CommandContext,
  file: string,
  steps: PlanStep[],
): Promise<[PlanStep, Config][]> {
  const text = file === "-" ? await textOf(process.stdin) : await readJson(resolve(cwd, file), file);
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch (error) {
    throw usageError(`${file} is not JSON: ${(error as Error).message}`);
  }
  if (!isObject(found)) throw usageError(`${file} must hold an object.`);
  const [only] = steps;
  if (steps.length === 1 && only) return [[only, found as Config]];
  return Object.entries(found).map(([module, config]) => {
    const step = steps.find((one) => one.module === module);
    if (!step) throw usageError(`${file}: the plan does not change ${module}.`, byModule(steps));
    if (!isObject(config)) throw usageError(`${file}: the settings of ${module} must be an object.`);
    return [step, config as Config];
  });
}

async function readJson(path: string, file: string): Promise<string> {
  return readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw usageError(`${file} cannot be read (${error.code}).`);
  });
}

function readSetting(text: string, steps: PlanStep[]): { step: PlanStep; path: string[]; value: Json } {
  const at = text.indexOf("=");
  if (at < 1) throw usageError(`"${text}" is not KEY=VALUE.`);
  const left = text.slice(0, at);
  const named = steps.find(({ module }) => left.startsWith(`${module}:`));
  const asked = steps.filter(({ neededBy }) => neededBy === null);
  const step = named ?? (asked.length === 1 ? asked[0] : undefined);
  if (!step) throw usageError(`Which module is "${text}" for?`, byModule(steps));
  const key = named ? left.slice(named.module.length + 1) : left;
  const schema = step.config?.schema;
  if (!schema) throw usageError(`${step.module} ${step.to} has no settings.`);
  const { path, at: place } = findSetting(schema, key);
  if (!place) throw usageError(`${step.module} ${step.to} has no setting ${key}.`, knownSettings(schema));
  return { step, path, value: readValue(text.slice(at + 1), place) };
}

const byModule = (steps: PlanStep[]) => `Name one of ${steps.map(({ module }) => module).join(", ")}.`;

/** `smtp.host` is inside `smtp`, unless a setting has a dot in its name. */
function findSetting(schema: Schema, key: string): { path: string[]; at: Schema | null } {
  const properties = objectOf(follow(schema, schema).properties);
  if (Object.hasOwn(properties, key)) return { path: [key], at: follow(schema, properties[key]) };
  let at: Schema = schema;
  const path = key.split(".");
  for (const part of path) {
    const { properties, patternProperties, additionalProperties } = follow(schema, at);
    const inner = objectOf(properties);
    // Where the schema names settings, another name is a slip of the hand.
    const takesOthers =
      isObject(patternProperties) || isObject(additionalProperties) || !isObject(properties);
    if (!Object.hasOwn(inner, part) && !takesOthers) return { path, at: null };
    at = Object.hasOwn(inner, part) ? follow(schema, inner[part]) : {};
  }
  return { path, at };
}

const knownSettings = (schema: Schema) => `It has ${Object.keys(objectOf(schema.properties)).join(", ")}.`;

function follow(root: Schema, schema: unknown): Schema {
  const { $ref } = objectOf(schema);
  if (typeof $ref !== "string" || !$ref.startsWith("#/")) return objectOf(schema);
  const parts = $ref.slice(2).split("/");
  return objectOf(parts.reduce<unknown>((found, part) => objectOf(found)[part], root));
}

/** As the setting's type wants it; what does not fit is sent as text, and the host says what is wrong. */
function readValue(text: string, { type, enum: choices, oneOf }: Schema): Json {
  const options = [
    ...(Array.isArray(choices) ? choices : []),
    ...(Array.isArray(oneOf) ? oneOf.map((option) => objectOf(option).const) : []),
  ];
  const chosen = options.find((option) => String(option) === text);
  if (chosen !== undefined) return chosen as Json;
  const types = Array.isArray(type) ? type : [type];
  if (types.includes("string")) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function nest(given: Config, path: string[], value: Json): Config {
  const [key = "", ...rest] = path;
  if (rest.length === 0) return { ...given, [key]: value };
  const inner = Object.hasOwn(given, key) && isObject(given[key]) ? (given[key] as Config) : {};
  return { ...given, [key]: nest(inner, rest, value) };
}

function givenFor(changes: PlanChange[], module: string): Config {
  for (const change of changes) {
    if (change.action === "uninstall") continue;
    if (change.action === "rollback" || change.action === "restore") {
      if (change.config?.[module]) return change.config[module];
    } else if (change.module === module) return change.config ?? {};
  }
  return {};
}

const isObject = (value: unknown): value is Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const objectOf = (value: unknown): Schema => (isObject(value) ? value : {});
