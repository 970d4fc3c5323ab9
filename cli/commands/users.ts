import type { Command } from "commander";
import type { Page } from "../../contract/page.ts";
import type { InvitedUserView, PasswordLinkView, UserView } from "../../contract/people.ts";
import { usageError } from "../cli-error.ts";
import { confirmByTyping } from "../confirm.ts";
import { type AddCommands, answer, type CommandContext, jsonOption, query } from "../context.ts";
import { findUser } from "../find-user.ts";
import { readList } from "../read-list.ts";
import { formatTime, type Terminal, table } from "../terminal.ts";

const emailArgument = ["<email>", "by which they sign in"] as const;

/** users: list, show, invite, set, link, disable, enable, delete. */
export const addUserCommands: AddCommands = (program, context) => {
  const users = program.command("users").description("the people of this host");
  addList(users, context);
  addInvite(users, context);
  addSet(users, context);
  addSwitches(users, context);
  addDelete(users, context);
};

function addList(users: Command, { terminal, client }: CommandContext): void {
  users
    .command("list", { isDefault: true })
    .description("everyone")
    .option("--query <words>", "part of a name or address")
    .option("--group <key>", "members of a group")
    .option(...jsonOption)
    .action(async ({ query: text, group, json }) => {
      const found = await client().call<Page<UserView>>("GET", `/users${query({ query: text, group })}`);
      answer({ terminal, json }, found, ({ items }) => showUsers(terminal, items));
    });
  users
    .command("show")
    .description("one of them")
    .argument(...emailArgument)
    .option(...jsonOption)
    .action(async (email: string, { json }) => {
      const api = client();
      const { id } = await findUser(api, email);
      const user = await api.call<UserView>("GET", `/users/${id}`);
      answer({ terminal, json }, user, () => showUsers(terminal, [user]));
    });
}

function addInvite(users: Command, { terminal, client }: CommandContext): void {
  const showLink = ({ url, expiresAt }: PasswordLinkView) => {
    terminal.out(url);
    terminal.err(`Valid once, until ${formatTime(expiresAt)}.`);
  };
  users
    .command("invite")
    .description("create a user and print the link that sets a password")
    .argument(...emailArgument)
    .requiredOption("--name <name>", "full name")
    .option("--role <role>", "administrator, operator or member", "member")
    .option("--groups <keys>", "group keys, separated by commas", readList, [])
    .option(...jsonOption)
    .action(async (email: string, { name, role, groups, json }) => {
      const body = { email, name, role, groups };
      const invited = await client().call<InvitedUserView>("POST", "/users", body);
      answer({ terminal, json }, invited, showLink);
    });
  users
    .command("link")
    .description("print a fresh link that sets a password, for a lost one")
    .argument(...emailArgument)
    .option(...jsonOption)
    .action(async (email: string, { json }) => {
      const api = client();
      const { id } = await findUser(api, email);
      const link = await api.call<PasswordLinkView>("POST", `/users/${id}/password-link`);
      answer({ terminal, json }, link, showLink);
    });
}

function addSet(users: Command, { terminal, client }: CommandContext): void {
  users
    .command("set")
    .description("change a user; what is not given stays as it is")
    .argument(...emailArgument)
    .option("--name <name>", "full name")
    .option("--role <role>", "administrator, operator or member")
    .option(
      "--groups <keys>",
      "all of their groups, separated by commas; one more: graft groups add",
      readList,
    )
    .option("--locale <tag>", "language, as en-GB")
    .option("--zone <name>", "time zone, as Europe/Vienna")
    .option(...jsonOption)
    .action(async (email: string, { json, zone, ...options }) => {
      const patch = { ...options, ...(zone === undefined ? {} : { timeZone: zone }) };
      if (Object.keys(patch).length === 0) throw usageError("Nothing to change.", "Give one of the options.");
      const api = client();
      const { id } = await findUser(api, email);
      const user = await api.call<UserView>("PATCH", `/users/${id}`, patch);
      answer({ terminal, json }, user, () => showUsers(terminal, [user]));
    });
}

function addSwitches(users: Command, { terminal, client }: CommandContext): void {
  for (const verb of ["disable", "enable"] as const)
    users
      .command(verb)
      .description(verb === "disable" ? "end all sessions and refuse new ones" : "allow signing in again")
      .argument(...emailArgument)
      .option(...jsonOption)
      .action(async (email: string, { json }) => {
        const api = client();
        const { id } = await findUser(api, email);
        const user = await api.call<UserView>("POST", `/users/${id}/${verb}`);
        answer({ terminal, json }, user, () => terminal.out(`${email}: ${verb}d.`));
      });
}

function addDelete(users: Command, context: CommandContext): void {
  users
    .command("delete")
    .description("remove a user with their tokens and sessions")
    .argument(...emailArgument)
    .option("-y, --yes", "without asking")
    .action(async (address: string, { yes }) => {
      const api = context.client();
      const { id, email, name } = await findUser(api, address);
      if (!(await confirmByTyping(context, { what: name, word: email, yes }))) return;
      await api.call("DELETE", `/users/${id}`);
      context.terminal.out(`${name} was removed.`);
    });
}

export function showUsers(terminal: Terminal, users: readonly UserView[]): void {
  const rows = users.map((u) => [
    ...[u.email, u.name, u.role, u.status, u.groups.join(", ")],
    formatTime(u.lastSignInAt),
  ]);
  table(terminal, ["email", "name", "role", "status", "groups", "last sign-in"], rows);
}
