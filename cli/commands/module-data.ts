import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { ModuleDataRestored } from "../../contract/module-data.ts";
import { usageError } from "../cli-error.ts";
import { type AddCommands, answer, type CommandContext, jsonOption } from "../context.ts";
import { createProgress, followOperation } from "../follow-operation.ts";
import { addModuleConfig } from "../module-config.ts";
import { saveDownload } from "../save-download.ts";
import { formatBytes } from "../terminal.ts";

interface RestoreOptions {
  yes?: boolean;
  json?: boolean;
}

/** module: export, restore (its data as a file and back), config. */
export const addModuleDataCommands: AddCommands = (program, context) => {
  const module = program.command("module").description("the data and the settings of one module");
  module
    .command("export")
    .description("write the data of a module, installed or kept, into a file")
    .argument("<module>", "its name")
    .argument("<file>", "where to; it must not be there yet")
    .option(...jsonOption)
    .action((name: string, file: string, { json }: { json?: boolean }) =>
      exportData(context, { module: name, path: file, json }),
    );
  module
    .command("restore")
    .description(
      "put such a file in place of the data a module has, or make it kept data for the next install",
    )
    .argument("<module>", "its name")
    .argument("<file>", "what `graft module export` wrote")
    .option("-y, --yes", "replace the data of an installed module without asking")
    .option(...jsonOption)
    .action((name: string, file: string, options: RestoreOptions) =>
      restoreData(context, { module: name, path: file, ...options }),
    );
  addModuleConfig(module, context);
};

interface ModuleFile {
  module: string;
  path: string;
}

async function exportData(
  context: CommandContext,
  { module, path, json }: ModuleFile & { json: boolean | undefined },
): Promise<void> {
  const { file, bytes } = await saveDownload(context, `/modules/${encodeURIComponent(module)}/data`, path);
  answer({ terminal: context.terminal, json }, { module, file, bytes }, () =>
    context.terminal.out(`${file}: the data of ${module}, ${formatBytes(bytes)}.`),
  );
}

async function restoreData(
  context: CommandContext,
  { module, path, ...options }: ModuleFile & RestoreOptions,
): Promise<void> {
  const { terminal, cwd } = context;
  const file = resolve(cwd, path);
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) throw usageError(`${file} is not a file.`);
  const client = context.client();
  const { items } = await client.call<{ items: { name: string }[] }>("GET", "/modules");
  const installed = items.some(({ name }) => name === module);
  if (installed && !options.yes) {
    const typed = await terminal.ask(
      `This replaces all data of ${module}; a snapshot is taken first. Type its name: `,
    );
    if (typed === null) throw usageError(`Replacing the data of ${module} must be confirmed.`, "Add --yes.");
    if (typed.trim() !== module) {
      terminal.err("Nothing was changed.");
      return context.exitWith(1);
    }
  }
  const query = installed ? `?confirm=${encodeURIComponent(module)}` : "";
  const { operation, keptDataId } = await client.upload<ModuleDataRestored>(
    `/modules/${encodeURIComponent(module)}/data${query}`,
    file,
  );
  if (operation === null) {
    answer({ terminal, json: options.json }, { operation, keptDataId }, () =>
      terminal.out(`The data of ${module} is kept here now. \`graft install ${module}\` uses it.`),
    );
    return;
  }
  const ended = await followOperation(client, operation, options.json ? () => {} : createProgress(terminal));
  answer({ terminal, json: options.json }, { operation: ended, keptDataId }, () =>
    ended.status === "succeeded"
      ? terminal.out(`${terminal.style("green", "Done:")} ${ended.title}. Generation ${ended.generation}.`)
      : terminal.err(`${ended.title}: ${ended.status}. ${ended.error?.detail ?? ""}`),
  );
  if (ended.status !== "succeeded") context.exitWith(1);
}
