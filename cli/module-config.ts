import type { Command } from "commander";
import { usageError } from "./cli-error.ts";
import { answer, type CommandContext, jsonOption } from "./context.ts";
import { readJsonFile } from "./read-file.ts";

type Config = Record<string, unknown>;

interface ConfigOptions {
  set?: string[];
  unset?: string[];
  json?: boolean;
}

/** module config: its settings, shown or changed. */
export function addModuleConfig(module: Command, context: CommandContext): void {
  module
    .command("config")
    .description("show the settings of a module, or change them; a secret shows as •••• and is kept so")
    .argument("<module>", "its name")
    .argument("[file]", "all of its settings as JSON; - for standard input")
    .option("--set <key=value...>", "one setting; the value is JSON, or else text; the others stay")
    .option("--unset <key...>", "back to its default")
    .option(...jsonOption)
    .action((name: string, file: string | undefined, options: ConfigOptions) =>
      moduleConfig(context, { name, file }, options),
    );
}

async function moduleConfig(
  context: CommandContext,
  { name, file }: { name: string; file: string | undefined },
  { set, unset, json }: ConfigOptions,
): Promise<void> {
  if (file !== undefined && (set ?? unset))
    throw usageError("All of the settings, or some?", "Give a file, or --set and --unset.");
  const client = context.client();
  const path = `/modules/${encodeURIComponent(name)}/config`;
  const wanted = async () => {
    if (file !== undefined) return readJsonFile(context, file);
    const changed = (set ?? []).map(readSetting);
    const now = await client.call<Config>("GET", path);
    const kept = Object.entries(now).filter(([key]) => !unset?.includes(key));
    return { ...Object.fromEntries(kept), ...Object.fromEntries(changed) };
  };
  const result =
    (file ?? set ?? unset) === undefined
      ? await client.call<Config>("GET", path)
      : await client.call<Config>("PUT", path, await wanted());
  const { terminal } = context;
  answer({ terminal, json }, result, () => {
    for (const [key, value] of Object.entries(result)) terminal.out(`${key}: ${JSON.stringify(value)}`);
    if (Object.keys(result).length === 0) terminal.out(`${name} has no settings.`);
  });
}

function readSetting(text: string): [string, unknown] {
  const at = text.indexOf("=");
  if (at < 1) throw usageError(`"${text}" is no setting.`, "Write it as key=value.");
  const value = text.slice(at + 1);
  try {
    return [text.slice(0, at), JSON.parse(value)];
  } catch {
    return [text.slice(0, at), value];
  }
}
