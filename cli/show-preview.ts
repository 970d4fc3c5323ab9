import type { FlagPreview } from "../contract/flags.ts";
import { count, type Terminal, table } from "./terminal.ts";

/** Who would get something else; nothing was written. */
export function showPreview(terminal: Terminal, { users, changed, gain, lose }: FlagPreview): void {
  const moved = gain + lose === 0 ? "" : ` (${gain} gain, ${lose} lose)`;
  terminal.out(`${changed.count} of ${count(users, "user")} would get something else${moved}.`);
  if (changed.users.length === 0) return;
  const word = (variant: string | null) => variant ?? "the value in the code";
  const rows = changed.users.map((user) => [user.email, user.name, word(user.before), word(user.after)]);
  table(terminal, ["email", "name", "now", "then"], rows);
  const more = changed.count - changed.users.length;
  if (more > 0) terminal.out(`… and ${more} more.`);
}
