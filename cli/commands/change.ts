import type { Command } from "commander";
import type { PlanView } from "../../contract/plan.ts";
import type { DataPolicy, PlanChange } from "../../contract/plan-change.ts";
import { parseAccess } from "../access-setting.ts";
import { applyChanges, applyPlanById, type ChangeOptions, type Changes, planChanges } from "../apply-plan.ts";
import { usageError } from "../cli-error.ts";
import { type AddCommands, answer, type CommandContext, jsonOption } from "../context.ts";
import { setOption, settingsOptions } from "../given-settings.ts";
import { showPlan } from "../show-plan.ts";

/** plan, install, upgrade, uninstall, rollback: each makes a plan; all but `plan` apply it. apply: one made before. */
export const addChangeCommands: AddCommands = (program, context) => {
  const plan = program.command("plan").description("show what a change would do, without doing it");
  const apply = (changes: Changes, options: ChangeOptions) => applyChanges(context, changes, options);
  const show = (changes: Changes, options: ChangeOptions) => planChanges(context, changes, options);

  installCommand(plan, show, "what installing would do");
  upgradeCommand(plan, show, "what upgrading would do");
  uninstallCommand(plan, show, "what uninstalling would do");
  rollbackCommand(plan, show, "what going back to a generation would do");
  restoreCommand(plan, show, "what restoring a snapshot would do");
  plan
    .command("show")
    .description("a plan that was made before")
    .argument("<plan>", "its id")
    .option("--sql", "show every SQL statement")
    .option(...jsonOption)
    .action(async (id: string, options: ChangeOptions) => {
      const found = await context.client().call<PlanView>("GET", `/plans/${encodeURIComponent(id)}`);
      answer({ terminal: context.terminal, json: options.json }, found, () =>
        showPlan(context.terminal, found, options),
      );
    });
  applying(installCommand(program, apply, "install modules and what they need"));
  applying(upgradeCommand(program, apply, "move modules to a newer version"));
  applying(uninstallCommand(program, apply, "remove modules")).option(
    "-o, --output <dir>",
    "with --data export: where the files are downloaded to",
  );
  applying(rollbackCommand(program, apply, "go back to a generation"));
  applying(
    program
      .command("apply")
      .description("apply a plan that was made before")
      .argument("<plan>", "its id, see `graft plan show`")
      .option("--sql", "show every SQL statement")
      .option(...jsonOption)
      .action((id: string, options: ChangeOptions) => applyPlanById(context, id, options)),
  );
};

type InstallChange = Extract<PlanChange, { action: "install" }>;
type Run = (changes: Changes, options: ChangeOptions) => Promise<void>;

function installCommand(parent: Command, run: Run, description: string): Command {
  return settingsOptions(parent.command("install"))
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
  return settingsOptions(parent.command("upgrade"))
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

type RollbackOptions = Omit<ChangeOptions, "data" | "settings"> & { data?: string[]; settings?: boolean };

function rollbackCommand(parent: Command, run: Run, description: string): Command {
  return setOption(parent.command("rollback"))
    .description(description)
    .argument("<generation>", "its number, see `graft history`")
    .option(
      "--data <module=policy...>",
      "per module: `schema` keeps rows written since, `snapshot` takes its data as it was then",
    )
    .option("--settings", "modules that stay get back who had them and their settings, too")
    .option("--no-settings", "they keep both, also when nothing else is different")
    .option(...jsonOption)
    .action((text: string, { settings, data: texts, ...options }: RollbackOptions) => {
      const generation = Number(text);
      if (!Number.isInteger(generation) || generation < 0)
        throw usageError(`"${text}" is not the number of a generation.`);
      const data = readPolicies(texts ?? []);
      const chosen = { ...(texts && { data }), ...(settings !== undefined && { settings }) };
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
