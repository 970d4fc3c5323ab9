import type { AccessExplanation, Holder } from "../../../contract/decisions.ts";
import type { Identity } from "../../people/index.ts";

/** Everybody who was given a target, by name, with the reason. */
export function listHolders(options: {
  users: Iterable<Identity>;
  explain: (identity: Identity) => AccessExplanation;
  decide: (identity: Identity) => { allowed: boolean; reason: string };
  limit?: number;
  search?: string;
}): { count: number; users: number; items: Holder[] } {
  const { users, explain, decide, limit = 50 } = options;
  const search = options.search?.trim().toLowerCase() ?? "";
  const holders: Identity[] = [];
  let count = 0;
  let all = 0;
  for (const user of users) {
    if (!user.enabled) continue;
    all++;
    const { allowed, reason } = decide(user);
    if (!allowed || reason === "ADMINISTRATOR") continue;
    count++;
    if (`${user.name} ${user.email}`.toLowerCase().includes(search)) holders.push(user);
  }
  // Words cost a hundred times a decision, so only what is shown is put into words.
  const items = holders
    .sort((a, b) => a.name.localeCompare(b.name))
    .slice(0, limit)
    .map((user) => ({ userId: user.userId, name: user.name, email: user.email, text: explain(user).text }));
  return { count, users: all, items };
}
