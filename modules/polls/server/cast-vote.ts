import { createHash } from "node:crypto";
import { type Identity, problem, sql } from "@graft/sdk/server";
import { type LockedPoll, lockOpenPoll } from "./polls.sql.ts";

/**
 * Replaces the user's vote; no options take it back.
 * @throws 404, 409 when the poll is closed, 422 for an option of another poll or too many options
 */
export async function castVote(
  pollId: string,
  options: readonly string[],
  identity: Identity,
): Promise<void> {
  const chosen = [...new Set(options.map((id) => id.toLowerCase()))];
  await sql.transaction(async (tx) => {
    const poll = await lockOpenPoll(tx, pollId);
    if (!poll) throw problem(404, "There is no such poll.", { code: "POLL_NOT_FOUND" });
    if (!poll.open)
      throw problem(409, "The poll is closed, so votes stay as they are.", { code: "POLL_CLOSED" });
    checkChoice(poll, chosen);
    const voter = toVoter(poll, identity.userId);
    await tx`DELETE FROM votes WHERE poll_id = ${pollId} AND voter = ${voter}`;
    await tx`INSERT INTO votes (poll_id, option_id, voter, voter_name)
      SELECT ${pollId}, id, ${voter}, ${poll.anonymous ? null : identity.name} FROM unnest(${chosen}::uuid[]) AS id`;
  });
}

function checkChoice(poll: LockedPoll, chosen: readonly string[]): void {
  if (!poll.multiple && chosen.length > 1) {
    throw problem(422, "options: only one may be chosen in this poll", { code: "TOO_MANY_OPTIONS" });
  }
  if (chosen.some((id) => !poll.options.includes(id))) {
    throw problem(422, "options: not an option of this poll", { code: "OPTION_NOT_FOUND" });
  }
}

/** In an anonymous poll one cannot read from the table who voted, only check a guess against it. */
function toVoter(poll: LockedPoll, userId: string): string {
  return poll.anonymous ? createHash("sha256").update(`${poll.salt}${userId}`).digest("hex") : userId;
}
