import { Command, CommanderError } from "commander";
import { isApiError, isUsageError } from "./cli-error.ts";
import { addAuthorCommands } from "./commands/author.ts";
import { addBackupCommands } from "./commands/backup.ts";
import { addChangeCommands } from "./commands/change.ts";
import { addDataCommands } from "./commands/data.ts";
import { addDoctorCommand } from "./commands/doctor.ts";
import { addExperimentsCommand } from "./commands/experiments.ts";
import { addHistoryCommands } from "./commands/history.ts";
import { addLookCommands } from "./commands/look.ts";
import { addMailCommands } from "./commands/mail.ts";
import { addModuleDataCommands } from "./commands/module-data.ts";
import { addPeopleCommands } from "./commands/people.ts";
import { addUpgradeCommands } from "./commands/upgrades.ts";
import { type CommandContext, createContext } from "./context.ts";
import { createTerminal } from "./terminal.ts";

/**
 * Runs one command line.
 * @returns the exit status: 0, 1 (failed or reverted), 2 (wrong use)
 */
export async function run(
  args: string[],
  surroundings: Partial<Pick<CommandContext, "terminal" | "env" | "cwd">> = {},
): Promise<number> {
  let status = 0;
  const context = createContext({
    terminal: createTerminal(),
    env: process.env,
    cwd: process.cwd(),
    ...surroundings,
    exitWith: (code) => {
      status = code;
    },
  });
  try {
    await createProgram(context).parseAsync(args, { from: "user" });
    return status;
  } catch (error) {
    return report(error, context, args.includes("--json"));
  }
}

function createProgram(context: CommandContext): Command {
  const { terminal } = context;
  const program = new Command("graft")
    .description("Graft modules into a running host, from the command line.")
    // Before anything is added: subcommands copy these settings.
    .exitOverride()
    .enablePositionalOptions()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
    });
  addLookCommands(program, context);
  addChangeCommands(program, context);
  addHistoryCommands(program, context);
  addUpgradeCommands(program, context);
  addPeopleCommands(program, context);
  addExperimentsCommand(program, context);
  addBackupCommands(program, context);
  addModuleDataCommands(program, context);
  addMailCommands(program, context);
  addDataCommands(program, context);
  addDoctorCommand(program, context);
  addAuthorCommands(program, context);
  return program;
}

function report(error: unknown, { terminal }: CommandContext, json: boolean): number {
  const { err, out, style } = terminal;
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (isUsageError(error)) {
    err(error.message);
    if (error.hint) err(style("dim", error.hint));
    return 2;
  }
  if (isApiError(error)) {
    const { code, detail, hint } = error.body;
    if (json) out(JSON.stringify(error.body, null, 2));
    else formatProblem(terminal, { code, message: detail, hint });
    return 1;
  }
  const { code = "INTERNAL", message, hint } = error as { code?: string; message: string; hint?: string };
  if (json) out(JSON.stringify({ code, detail: message, ...(hint ? { hint } : {}) }, null, 2));
  else formatProblem(terminal, { code, message, hint });
  return 1;
}

function formatProblem(
  { err, style }: CommandContext["terminal"],
  { code, message, hint }: { code: string; message: string; hint: string | undefined },
): void {
  err(`${style("red", code)}: ${message}`);
  if (hint) err(style("dim", hint));
}
