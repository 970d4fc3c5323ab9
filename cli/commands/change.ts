import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Command } from "commander";
import type { OperationView } from "../../contract/operation.ts";
import type { PlanView } from "../../contract/plan.ts";
import type { DataPolicy, PlanChange } from "../../contract/plan-change.ts";
import { parseAccess } from "../access-setting.ts";
import { usageError } from "../cli-error.ts";
import type { Client } from "../client.ts";
import { type AddCommands, answer, type CommandContext, jsonOption } from "../context.ts";
import { createProgress, followOperation } from "../follow-operation.ts";
import { showPlan } from "../show-plan.ts";
import { count, formatBytes } from "../terminal.ts";

interface ChangeOptions {
  version?: string;
  access?: string;
  data?: string;
  confirm?: string[];
  acceptPermissions?: boolean;
  all?: boolean;
  yes?: boolean;
  json?: boolean;
  sql?: boolean;
  output?: string;
}

/** plan, install, upgrade, uninstall, rollback: each makes a plan; all but `plan` apply it. */
export const addChangeCommands: AddCommands = (program, context) => {
  const plan = program.command("plan").description("show what a change would do, without doing it");
  const apply = (changes: Changes, options: ChangeOptions) => applyChanges(context, changes, options);
  const show = (changes: Changes, options: ChangeOptions) => planChanges(context, changes, options);

  installCommand(plan, show, "what installing would do");
  upgradeCommand(plan, show, "what upgrading would do");
  uninstallCommand(plan, show, "what uninstalling would do");
  rollbackCommand(plan, show, "what going back to a generation would do");
  restoreCommand(plan, show, "what restoring a snapshot would do");
  applying(installCommand(program, apply, "install modules and what they need"));
  applying(upgradeCommand(program, apply, "move modules to a newer version"));
  applying(uninstallCommand(program, apply, "remove modules")).option(
    "-o, --output <dir>",
    "with --data export: where the files are downloaded to",
  );
  applying(rollbackCommand(program, apply, "go back to a generation"));
};

type InstallChange = Extract<PlanChange, { action: "install" }>;
/** `all`: whatever is outdated. */
type Changes = PlanChange[] | "all";
type Run = (changes: Changes, options: ChangeOptions) => Promise<void>;

function installCommand(parent: Command, run: Run, description: string): Command {
  return parent
    .command("install")
    .description(description)
    .argument("<module...>", "names, optionally with a range: polls or polls@^1")
    .option("--version <range>", "version or range, for a single module")
    .option("--access <setting>", "who gets it: everyone, nobody, groups:KEY,KEY or 10%:KEY,KEY")
    .option("--data <what>", "what becomes of data kept from before: reuse or fresh")
    .option("--sql", "show every SQL statement")
    .option(...jsonOption)
    .action((modules: string[], options: ChangeOptions) => {
      const { access, data } = options;
      if (data !== undefined && data !== "reuse" && data !== "fresh")
        throw usageError(`--data ${data} is not possible.`, "Use reuse or fresh.");
      const chosen: Pick<InstallChange, "access" | "data"> = {
        ...(access !== undefined && { access: parseAccess(access) }),
        ...(data && { data }),
      };
      const changes = withVersions(modules, options.version).map(
        (target): PlanChange => ({ action: "install", ...target, ...chosen }),
      );
      return run(changes, options);
    });
}

function upgradeCommand(parent: Command, run: Run, description: string): Command {
  return parent
    .command("upgrade")
    .description(description)
    .argument("[module...]", "names, optionally with a range: polls or polls@^2")
    .option("--all", "everything that is outdated and goes together, in one plan")
    .option("--version <range>", "version or range, for a single module")
    .option("--sql", "show every SQL statement")
    .option(...jsonOption)
    .action((modules: string[], options: ChangeOptions) => {
      if (options.all) {
        if (modules.length > 0 || options.version !== undefined)
          throw usageError("--all takes no modules and no version.", "Name the modules, or use --all.");
        return run("all", options);
      }
      if (modules.length === 0)
        throw usageError("Which modules?", "Name them, or use --all. `graft outdated` lists them.");
      const targets = withVersions(modules, options.version);
      return run(
        targets.map((target): PlanChange => ({ action: "upgrade", ...target })),
        options,
      );
    });
}

function uninstallCommand(parent: Command, run: Run, description: string): Command {
  return parent
    .command("uninstall")
    .description(description)
    .argument("<module...>", "names")
    .option("--data <what>", "what becomes of the data: keep, export or delete", "keep")
    .option(...jsonOption)
    .action((modules: string[], options: ChangeOptions) => {
      const { data = "keep" } = options;
      if (data !== "keep" && data !== "export" && data !== "delete")
        throw usageError(`--data ${data} is not possible.`, "Use keep, export or delete.");
      return run(
        modules.map((module): PlanChange => ({ action: "uninstall", module, data })),
        options,
      );
    });
}

function rollbackCommand(parent: Command, run: Run, description: string): Command {
  return parent
    .command("rollback")
    .description(description)
    .argument("<generation>", "its number, see `graft history`")
    .option(
      "--data <module=policy...>",
      "per module: `schema` keeps rows written since, `snapshot` takes its data as it was then",
    )
    .option("--settings", "modules that stay get back who had them and their settings, too")
    .option("--no-settings", "they keep both, also when nothing else is different")
    .option(...jsonOption)
    .action((text: string, options: ChangeOptions & { data?: string[]; settings?: boolean }) => {
      const generation = Number(text);
      if (!Number.isInteger(generation) || generation < 0)
        throw usageError(`"${text}" is not the number of a generation.`);
      const data = readPolicies(options.data ?? []);
      const { settings } = options;
      const chosen = { ...(options.data && { data }), ...(settings !== undefined && { settings }) };
      return run([{ action: "rollback", generation, ...chosen }], options);
    });
}

/** Of `plan`, and of `data`. */
function restoreCommand(parent: Command, run: Run, description: string): Command {
  return parent
    .command("restore")
    .description(description)
    .argument("<snapshot>", "its id, see `graft data list`")
    .option("--sql", "show every SQL statement")
    .option(...jsonOption)
    .action((snapshot: string, options: ChangeOptions) => run([{ action: "restore", snapshot }], options));
}

/** data restore */
export function addDataRestore(parent: Command, context: CommandContext): void {
  applying(
    restoreCommand(
      parent,
      (changes, options) => applyChanges(context, changes, options),
      "put a snapshot in place of the data a module has, with the version it is of",
    ),
  );
}

function readPolicies(texts: string[]): Record<string, DataPolicy> {
  return Object.fromEntries(
    texts.map((text) => {
      const [module = "", policy] = text.split("=");
      if (module === "" || (policy !== "schema" && policy !== "snapshot"))
        throw usageError(`"${text}" is not a module with \`=schema\` or \`=snapshot\`.`);
      return [module, policy];
    }),
  );
}

function applying(command: Command): Command {
  return command
    .option("-y, --yes", "apply without asking")
    .option("--accept-permissions", "accept permissions that a new version asks for")
    .option("--confirm <name...>", "names of the modules whose data is deleted, as typed in the browser");
}

function withVersions(
  modules: string[],
  version: string | undefined,
): { module: string; version?: string }[] {
  if (version !== undefined && modules.length > 1)
    throw usageError("--version is for a single module.", "Write module@range for several.");
  return modules.map((text) => {
    const at = text.indexOf("@");
    const range = at === -1 ? version : text.slice(at + 1);
    return { module: at === -1 ? text : text.slice(0, at), ...(range ? { version: range } : {}) };
  });
}

function makePlan(client: Client, changes: Changes): Promise<PlanView> {
  if (changes === "all") return client.call<PlanView>("POST", "/upgrades", {});
  return client.call<PlanView>("POST", "/plans", { changes });
}

async function planChanges(context: CommandContext, changes: Changes, options: ChangeOptions): Promise<void> {
  const plan = await makePlan(context.client(), changes);
  answer(context.terminal, options.json, plan, () => showPlan(context.terminal, plan, options));
}

async function applyChanges(
  context: CommandContext,
  changes: Changes,
  options: ChangeOptions,
): Promise<void> {
  const { terminal } = context;
  if (options.json && !options.yes)
    throw usageError("--json cannot ask.", "Add --yes to apply, or use `graft plan` to look first.");
  const client = context.client();
  const plan = await makePlan(client, changes);
  if (!options.json) showPlan(terminal, plan, options);
  const confirm = await confirmPlan(context, plan, options);
  if (!confirm) return;
  const consent = consentsOf(plan);
  const started = await client.call<OperationView>("POST", "/operations", {
    plan: plan.id,
    ...(confirm.length > 0 ? { confirm } : {}),
    ...(consent.length > 0 ? { consent } : {}),
  });
  if (!options.json) terminal.err("");
  const progress = options.json ? () => {} : createProgress(terminal);
  const operation = await followOperation(client, started, progress);
  const saved =
    options.output === undefined ? [] : await saveDownloads(context, client, operation, options.output);
  answer(terminal, options.json, operation, () => showEnd(context, client, operation, saved));
  if (operation.status !== "succeeded") context.exitWith(1);
}

/** The names confirmed for deletion; null when the person said no. */
async function confirmPlan(
  context: CommandContext,
  plan: PlanView,
  options: ChangeOptions,
): Promise<string[] | null> {
  const { terminal } = context;
  const deleted = plan.steps.filter((step) => step.data === "delete").map((step) => step.module);
  const confirmed = options.confirm ?? [];
  for (const name of deleted.filter((module) => !confirmed.includes(module))) {
    const typed = options.yes
      ? null
      : await terminal.ask(`\nThis deletes all data of ${name}. Type its name: `);
    if (typed === null)
      throw usageError(`Deleting the data of ${name} must be confirmed.`, `Add --confirm ${name}.`);
    if (typed.trim() !== name) return refuse(context);
    confirmed.push(name);
  }
  for (const name of options.acceptPermissions ? [] : consentsOf(plan)) {
    const reply = options.yes ? null : await terminal.ask(`\nAccept the new permissions of ${name}? [y/N] `);
    if (reply === null)
      throw usageError(
        `${name} asks for permissions that its installed version had not.`,
        "Read them with `graft plan upgrade`, then add --accept-permissions.",
      );
    if (!isYes(reply)) return refuse(context);
  }
  if (options.yes || (deleted.length > 0 && options.confirm === undefined)) return confirmed;
  const reply = await terminal.ask("\nApply this plan? [y/N] ");
  if (reply === null) throw usageError("Nobody is here to confirm the plan.", "Add --yes to apply it.");
  return isYes(reply) ? confirmed : refuse(context);
}

const isYes = (reply: string) => /^y(es)?$/i.test(reply.trim());

/** Modules whose new permissions have to be accepted. */
function consentsOf({ permissionChanges }: PlanView): string[] {
  return [...new Set(permissionChanges.filter(({ consent }) => consent).map(({ module }) => module))];
}

function refuse({ terminal, exitWith }: CommandContext): null {
  terminal.err("Nothing was changed.");
  exitWith(1);
  return null;
}

/** Streams each exported file into `dir`. @returns the paths */
async function saveDownloads(
  { cwd }: CommandContext,
  client: Client,
  { downloads }: OperationView,
  dir: string,
): Promise<string[]> {
  const folder = resolve(cwd, dir);
  await mkdir(folder, { recursive: true });
  const saved: string[] = [];
  for (const { module, keptDataId } of downloads) {
    const body = await client.download(`/kept-data/${keptDataId}/file`);
    const path = join(folder, `${module}-${keptDataId}.ndjson.gz`);
    await pipeline(body, createWriteStream(path, { flags: "wx", mode: 0o600 }));
    saved.push(path);
  }
  return saved;
}

function showEnd(
  { terminal }: CommandContext,
  client: Client,
  operation: OperationView,
  saved: string[],
): void {
  const { style } = terminal;
  if (operation.status === "succeeded") {
    const generation = operation.generation === null ? "" : ` Generation ${operation.generation}.`;
    terminal.out(`${style("green", "Done:")} ${operation.title}.${generation}`);
    for (const path of saved) terminal.out(`Saved ${path}`);
    for (const { module, bytes } of saved.length > 0 ? [] : operation.downloads)
      terminal.out(`Data of ${module} (${formatBytes(bytes)}) can be downloaded at ${client.url}/admin/data`);
    return;
  }
  const outcome =
    operation.status === "reverted"
      ? "It did not become healthy and was taken back."
      : "Nothing was changed.";
  const failed = operation.steps.filter((step) => step.status === "failed").length;
  terminal.err(`${style("red", `${operation.title}: ${operation.status}.`)} ${outcome}`);
  if (operation.error) terminal.err(`${operation.error.code}: ${operation.error.detail}`);
  else if (failed > 0) terminal.err(`${count(failed, "step")} failed.`);
  if (operation.error?.hint) terminal.err(style("dim", operation.error.hint));
}
