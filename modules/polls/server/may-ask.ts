import { type Identity, problem } from "@graft/sdk/server";
import type { PollRow } from "./polls.sql.ts";

/** Group keys from the configuration; anything else an administrator typed there is ignored. */
export function readAuthors(config: Record<string, unknown>): string[] {
  const { authors } = config;
  return Array.isArray(authors) ? authors.filter((key): key is string => typeof key === "string") : [];
}

/** Everyone, unless the configuration names groups. */
export function mayAsk(identity: Identity, authors: readonly string[]): boolean {
  if (authors.length === 0 || identity.role !== "member") return true;
  return identity.groups.some((group) => authors.includes(group));
}

export function mayManage(identity: Identity, poll: Pick<PollRow, "authorId">): boolean {
  return poll.authorId === identity.userId || identity.role !== "member";
}

/** @throws 403 */
export function requireManager(identity: Identity, poll: Pick<PollRow, "authorId">): void {
  if (mayManage(identity, poll)) return;
  throw problem(403, "Only who asked, or an administrator or operator, may do this.", {
    code: "NOT_THE_AUTHOR",
  });
}
