import type { Page } from "../../contract/page.ts";
import type { IssuedTokenView, TokenView } from "../../contract/people.ts";
import { usageError } from "../cli-error.ts";
import { type AddCommands, answer, jsonOption, query } from "../context.ts";
import { findUser } from "../find-user.ts";
import { formatTime, table } from "../terminal.ts";

/** tokens: list, create, revoke. */
export const addTokenCommands: AddCommands = (program, { terminal, client }) => {
  const tokens = program.command("tokens").description("API tokens");
  tokens
    .command("list", { isDefault: true })
    .description("every token that you may see")
    .option("--all", "of everybody, for administrators")
    .option(...jsonOption)
    .action(async ({ all, json }) => {
      const found = await client().call<Page<TokenView>>("GET", `/tokens${query({ all })}`);
      answer({ terminal, json }, found, ({ items }) => {
        const state = (token: TokenView) =>
          token.revokedAt ? "revoked" : `last used ${formatTime(token.lastUsedAt)}`;
        const rows = items.map((token) => [
          ...[token.id, token.name, `${token.prefix}…`],
          ...[formatTime(token.createdAt), state(token)],
        ]);
        table(terminal, ["id", "name", "token", "created", "state"], rows);
      });
    });
  tokens
    .command("create")
    .description("make a token and print it once")
    .argument("<name>")
    .option("--user <email>", "whose rights it has; default: whoever asks")
    .option("--expires <date>", "ISO date; default: never")
    .option(...jsonOption)
    .action(async (name: string, { user, expires, json }) => {
      const api = client();
      if (expires !== undefined && Number.isNaN(Date.parse(expires)))
        throw usageError(`"${expires}" is not a date.`, "Write it as 2027-01-31.");
      const owner = user === undefined ? {} : { userId: (await findUser(api, user)).id };
      const expiresAt = expires === undefined ? null : new Date(expires).toISOString();
      const made = await api.call<IssuedTokenView>("POST", "/tokens", { ...owner, name, expiresAt });
      answer({ terminal, json }, made, ({ secret }) => terminal.out(secret));
    });
  tokens
    .command("revoke")
    .description("make a token useless at once")
    .argument("<id>")
    .option(...jsonOption)
    .action(async (id: string, { json }) => {
      const result = await client().call<unknown>("DELETE", `/tokens/${encodeURIComponent(id)}`);
      answer({ terminal, json }, result ?? null, () => terminal.out("Revoked."));
    });
};
