import type { Page } from "../../contract/page.ts";
import type {
  GroupView,
  InvitedUserView,
  IssuedTokenView,
  TokenView,
  UserView,
} from "../../contract/people.ts";
import { usageError } from "../cli-error.ts";
import type { Client } from "../client.ts";
import { type AddCommands, answer, jsonOption, query } from "../context.ts";
import { formatTime, table } from "../terminal.ts";

const list = (text: string) =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);

/** users, groups, tokens. */
export const addPeopleCommands: AddCommands = (program, context) => {
  addUsers(program, context);
  addGroups(program, context);
  addTokens(program, context);
};

const addUsers: AddCommands = (program, { terminal, client }) => {
  const users = program.command("users").description("the people of this host");
  users
    .command("list", { isDefault: true })
    .description("everyone")
    .option("--query <words>", "part of a name or address")
    .option("--group <key>", "members of a group")
    .option(...jsonOption)
    .action(async ({ query: text, group, json }) => {
      const found = await client().call<Page<UserView>>("GET", `/users${query({ query: text, group })}`);
      answer(terminal, json, found, ({ items }) => {
        const rows = items.map((u) => [
          u.email,
          u.name,
          u.role,
          u.status,
          u.groups.join(", "),
          formatTime(u.lastSignInAt),
        ]);
        table(terminal, ["email", "name", "role", "status", "groups", "last sign-in"], rows);
      });
    });
  users
    .command("invite")
    .description("create a user and print the link that sets a password")
    .argument("<email>")
    .requiredOption("--name <name>", "full name")
    .option("--role <role>", "administrator, operator or member", "member")
    .option("--groups <keys>", "group keys, separated by commas", list, [])
    .option(...jsonOption)
    .action(async (email: string, { name, role, groups, json }) => {
      const api = client();
      const body = { email, name, role, groups };
      const invited = await api.call<InvitedUserView>("POST", "/users", body);
      answer(terminal, json, invited, ({ url, expiresAt }) => {
        terminal.out(url);
        terminal.err(`Valid once, until ${formatTime(expiresAt)}.`);
      });
    });
  for (const verb of ["disable", "enable"] as const)
    users
      .command(verb)
      .description(verb === "disable" ? "end all sessions and refuse new ones" : "allow signing in again")
      .argument("<email>")
      .option(...jsonOption)
      .action(async (email: string, { json }) => {
        const api = client();
        const { id } = await findUser(api, email);
        const user = await api.call<UserView>("POST", `/users/${id}/${verb}`);
        answer(terminal, json, user, () => terminal.out(`${email}: ${verb}d.`));
      });
};

const addGroups: AddCommands = (program, { terminal, client }) => {
  const groups = program.command("groups").description("users who get the same things");
  groups
    .command("list", { isDefault: true })
    .description("every group")
    .option(...jsonOption)
    .action(async ({ json }) => {
      const found = await client().call<Page<GroupView>>("GET", "/groups");
      answer(terminal, json, found, ({ items }) => {
        const rows = items.map((group) => [group.key, group.name, String(group.members)]);
        table(terminal, ["key", "name", "members"], rows);
      });
    });
  groups
    .command("create")
    .description("make a group")
    .argument("<name>")
    .option("--key <key>", "lower-case key; default: from the name")
    .option(...jsonOption)
    .action(async (name: string, { key, json }) => {
      const group = await client().call<GroupView>("POST", "/groups", { name, ...(key ? { key } : {}) });
      answer(terminal, json, group, () => terminal.out(`${group.key}: ${group.name}`));
    });
};

const addTokens: AddCommands = (program, { terminal, client }) => {
  const tokens = program.command("tokens").description("API tokens");
  tokens
    .command("list", { isDefault: true })
    .description("every token that you may see")
    .option(...jsonOption)
    .action(async ({ json }) => {
      const found = await client().call<Page<TokenView>>("GET", "/tokens");
      answer(terminal, json, found, ({ items }) => {
        const state = (token: TokenView) =>
          token.revokedAt ? "revoked" : `last used ${formatTime(token.lastUsedAt)}`;
        const rows = items.map((token) => [
          token.id,
          token.name,
          `${token.prefix}…`,
          formatTime(token.createdAt),
          state(token),
        ]);
        table(terminal, ["id", "name", "token", "created", "state"], rows);
      });
    });
  tokens
    .command("create")
    .description("make a token for a user and print it once")
    .argument("<name>")
    .requiredOption("--user <email>", "whose rights it has")
    .option("--expires <date>", "ISO date; default: never")
    .option(...jsonOption)
    .action(async (name: string, { user, expires, json }) => {
      const api = client();
      if (expires !== undefined && Number.isNaN(Date.parse(expires)))
        throw usageError(`"${expires}" is not a date.`, "Write it as 2027-01-31.");
      const { id: userId } = await findUser(api, user);
      const expiresAt = expires === undefined ? null : new Date(expires).toISOString();
      const made = await api.call<IssuedTokenView>("POST", "/tokens", { userId, name, expiresAt });
      answer(terminal, json, made, ({ secret }) => terminal.out(secret));
    });
  tokens
    .command("revoke")
    .description("make a token useless at once")
    .argument("<id>")
    .option(...jsonOption)
    .action(async (id: string, { json }) => {
      const result = await client().call<unknown>("DELETE", `/tokens/${encodeURIComponent(id)}`);
      answer(terminal, json, result ?? null, () => terminal.out("Revoked."));
    });
};

async function findUser(api: Client, email: string): Promise<UserView> {
  const { items } = await api.call<Page<UserView>>("GET", `/users${query({ query: email })}`);
  const user = items.find((candidate) => candidate.email.toLowerCase() === email.toLowerCase());
  if (!user) throw usageError(`There is no user ${email}.`, "`graft users` lists everyone.");
  return user;
}
