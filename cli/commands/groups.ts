import type { Command } from "commander";
import type { Page } from "../../contract/page.ts";
import type { GroupDetailView, GroupView, UserView } from "../../contract/people.ts";
import { usageError } from "../cli-error.ts";
import { confirmByTyping } from "../confirm.ts";
import { type AddCommands, answer, type CommandContext, jsonOption } from "../context.ts";
import { findUser } from "../find-user.ts";
import { count, type Terminal, table } from "../terminal.ts";
import { showUsers } from "./users.ts";

const keyArgument = ["<key>", "as the list shows it"] as const;

/** groups: list, show, create, set, add, remove, delete. */
export const addGroupCommands: AddCommands = (program, context) => {
  const groups = program.command("groups").description("users who get the same things");
  addLook(groups, context);
  addWrite(groups, context);
  addMembership(groups, context);
  addDelete(groups, context);
};

const pathOf = (key: string) => `/groups/${encodeURIComponent(key)}`;

function addLook(groups: Command, { terminal, client }: CommandContext): void {
  groups
    .command("list", { isDefault: true })
    .description("every group")
    .option(...jsonOption)
    .action(async ({ json }) => {
      const found = await client().call<Page<GroupView>>("GET", "/groups");
      answer({ terminal, json }, found, ({ items }) => showGroups(terminal, items));
    });
  groups
    .command("show")
    .description("one of them, and who is in it")
    .argument(...keyArgument)
    .option(...jsonOption)
    .action(async (key: string, { json }) => {
      const group = await client().call<GroupDetailView>("GET", pathOf(key));
      answer({ terminal, json }, group, ({ name, description, users }) => {
        terminal.out(`${terminal.style("bold", name)}${description === "" ? "" : `: ${description}`}`);
        showUsers(terminal, users);
      });
    });
}

function addWrite(groups: Command, { terminal, client }: CommandContext): void {
  groups
    .command("create")
    .description("make a group")
    .argument("<name>")
    .option("--key <key>", "lower-case key; default: from the name")
    .option("--description <text>", "what it is for")
    .option(...jsonOption)
    .action(async (name: string, { json, ...options }) => {
      const group = await client().call<GroupView>("POST", "/groups", { name, ...options });
      answer({ terminal, json }, group, () => terminal.out(`${group.key}: ${group.name}`));
    });
  groups
    .command("set")
    .description("change its name or description")
    .argument(...keyArgument)
    .option("--name <name>", "what people read")
    .option("--description <text>", "what it is for")
    .option(...jsonOption)
    .action(async (key: string, { json, ...patch }) => {
      if (Object.keys(patch).length === 0) throw usageError("Nothing to change.", "Give one of the options.");
      const group = await client().call<GroupView>("PATCH", pathOf(key), patch);
      answer({ terminal, json }, group, () => showGroups(terminal, [group]));
    });
}

function addMembership(groups: Command, { terminal, client }: CommandContext): void {
  const both = [
    { name: "add", method: "PUT", text: "put users into the group" },
    { name: "remove", method: "DELETE", text: "take users out of the group" },
  ] as const;
  for (const { name, method, text } of both)
    groups
      .command(name)
      .description(text)
      .argument(...keyArgument)
      .argument("<email...>", "by which they sign in")
      .option(...jsonOption)
      .action(async (key: string, emails: string[], { json }) => {
        const api = client();
        // All of them are known before the first is changed.
        const found = await Promise.all(emails.map((email) => findUser(api, email)));
        const users: UserView[] = [];
        for (const { id } of found)
          users.push(await api.call<UserView>(method, `${pathOf(key)}/members/${id}`));
        answer({ terminal, json }, users, () => showUsers(terminal, users));
      });
}

function addDelete(groups: Command, context: CommandContext): void {
  groups
    .command("delete")
    .description("remove a group; its members stay")
    .argument(...keyArgument)
    .option("-y, --yes", "without asking")
    .action(async (key: string, { yes }) => {
      const api = context.client();
      const { name, members } = await api.call<GroupDetailView>("GET", pathOf(key));
      const what = `the group ${name} (${count(members, "member")}), and takes it out of every rule`;
      if (!(await confirmByTyping(context, { what, word: key, yes }))) return;
      await api.call("DELETE", pathOf(key));
      context.terminal.out(`${name} was removed.`);
    });
}

function showGroups(terminal: Terminal, groups: readonly GroupView[]): void {
  const rows = groups.map(({ key, name, members, description }) => [key, name, String(members), description]);
  table(terminal, ["key", "name", "members", "what for"], rows);
}
