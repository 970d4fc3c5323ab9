import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command, CommanderError } from "commander";
import { isApiError, isUsageError } from "./cli-error.ts";
import { commandFiles } from "./command-list.ts";
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
    const program = await createProgram(context, args[0]);
    await program.parseAsync(args, { from: "user" });
    return status;
  } catch (error) {
    return report(error, context, args.includes("--json"));
  }
}

async function createProgram(context: CommandContext, name: string | undefined): Promise<Command> {
  const { terminal } = context;
  const program = new Command("graft")
    .description("Graft modules into a running host, from the command line.")
    .version(readVersion())
    // Before anything is added: subcommands copy these settings.
    .exitOverride()
    .enablePositionalOptions()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
    });
  const called = commandFiles.filter(({ names }) => name !== undefined && names.includes(name));
  for (const { load } of called.length > 0 ? called : commandFiles) (await load())(program, context);
  return program;
}

function readVersion(): string {
  const file = join(import.meta.dirname, "../package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
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
