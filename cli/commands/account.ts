import type { MeView } from "../../contract/me.ts";
import type { UserView } from "../../contract/people.ts";
import { usageError } from "../cli-error.ts";
import { type AddCommands, answer, type CommandContext, jsonOption } from "../context.ts";
import { readTextFile } from "../read-file.ts";
import { formatTime, table } from "../terminal.ts";

interface PasswordOptions {
  passwordFile?: string;
  currentFile?: string;
}

/** setup, and me: show, set, password, sign-out. */
export const addAccountCommands: AddCommands = (program, context) => {
  const { terminal, client } = context;
  program
    .command("setup")
    .description("make the first administrator, without the browser")
    .requiredOption("--name <name>", "full name")
    .requiredOption("--email <address>", "by which they sign in")
    .option(
      "--password-file <file>",
      "the password is its first line (- for standard input); else it is asked for",
    )
    .option(...jsonOption)
    .action(async ({ name, email, passwordFile, json }) => {
      const password = await readSecret(context, passwordFile, "Password: ");
      const user = await client().call<UserView>("POST", "/setup", { name, email, password });
      answer({ terminal, json }, user, () => terminal.out(`${user.name} is the first administrator.`));
    });

  const me = program.command("me").description("whoever the token belongs to: your account");
  me.command("show", { isDefault: true })
    .description("who you are and what you may open")
    .option(...jsonOption)
    .action(async ({ json }) => {
      const found = await client().call<MeView>("GET", "/me");
      answer({ terminal, json }, found, ({ user, role, pages, widgets }) => {
        terminal.out(`${user.name} <${user.email}>, ${role}, groups: ${user.groups.join(", ") || "none"}`);
        const rows = [
          ...pages.map(({ href, title }) => ["page", href, title]),
          ...widgets.map(({ module, id, title }) => ["widget", `${module}/${id}`, title]),
        ];
        if (rows.length > 0) table(terminal, ["what", "where", "title"], rows);
      });
    });
  me.command("set")
    .description("change your name, language or time zone")
    .option("--name <name>", "full name")
    .option("--locale <tag>", "language, as en-GB")
    .option("--zone <name>", "time zone, as Europe/Vienna")
    .option(...jsonOption)
    .action(async ({ json, zone, ...options }) => {
      const patch = { ...options, ...(zone === undefined ? {} : { timeZone: zone }) };
      if (Object.keys(patch).length === 0) throw usageError("Nothing to change.", "Give one of the options.");
      const user = await client().call<UserView>("PATCH", "/me", patch);
      answer({ terminal, json }, user, () =>
        terminal.out(`${user.name}, last sign-in ${formatTime(user.lastSignInAt)}`),
      );
    });
  me.command("password")
    .description("change your password; every session, token and password link ends")
    .option("--current-file <file>", "the current one is its first line; else it is asked for")
    .option("--password-file <file>", "the new one is its first line; else it is asked for")
    .action(async ({ currentFile, passwordFile }: PasswordOptions) => {
      const current = await readSecret(context, currentFile, "Current password: ");
      const password = await readSecret(context, passwordFile, "New password: ");
      await client().call("PUT", "/me/password", { current, password });
      terminal.out("Your password was changed. Sign in again in the browser.");
    });
  me.command("sign-out")
    .description("end every session, token and password link of yours")
    .action(async () => {
      await client().call("DELETE", "/me/sessions");
      terminal.out("You are signed out everywhere.");
    });
};

/** Never an argument: those stand in the shell's history and in the list of processes. @throws UsageError */
async function readSecret(
  context: CommandContext,
  file: string | undefined,
  question: string,
): Promise<string> {
  if (file !== undefined) return (await readTextFile(context, file)).split(/\r?\n/, 1)[0] ?? "";
  const typed = await context.terminal.ask(question, { hidden: true });
  if (typed === null) throw usageError("Nobody is here to type the password.", "Put it into a file.");
  return typed;
}
