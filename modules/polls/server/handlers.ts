import { type Context, goals, problem, reply, sql } from "@graft/sdk/server";
import { castVote } from "./cast-vote.ts";
import { mayAsk, mayManage, requireManager } from "./may-ask.ts";
import { ballot, newPoll, pollPatch } from "./poll-input.ts";
import {
  closePoll,
  deletePoll,
  findDeletedPoll,
  findPoll,
  insertPoll,
  listPolls,
  type PollRow,
  reopenPoll,
  restorePoll,
  updatePoll,
} from "./polls.sql.ts";

export interface State {
  authors: readonly string[];
}
type Ctx = Context<State, Record<never, string>>;
type PollCtx = Context<State, { id: string }>;

export async function getPolls({ identity, state, query }: Ctx) {
  const view = query.get("state") ?? "open";
  if (view !== "open" && view !== "closed") throw problem(400, "state must be open or closed.");
  const limit = Number(query.get("limit") ?? 50);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) throw problem(400, "limit must be 1 to 100.");
  const rows = await listPolls(identity, view === "open", limit);
  return {
    items: rows.map((row) => toPoll(row, identity)),
    nextCursor: null,
    mayAsk: mayAsk(identity, state.authors),
  };
}

export async function getPoll(context: PollCtx) {
  return toPoll(await requirePoll(context), context.identity);
}

export async function createPoll({ identity, state, json }: Ctx) {
  if (!mayAsk(identity, state.authors)) {
    throw problem(403, "Only the groups named in the settings may start polls.", { code: "NOT_AN_AUTHOR" });
  }
  const input = await json(newPoll);
  checkFuture(input.closesAt);
  const id = await insertPoll(input, identity);
  const poll = await findPoll(id, identity);
  if (!poll) throw new Error(`poll ${id} is gone right after it was made`);
  return reply(201, toPoll(poll, identity), { location: `polls/${id}` });
}

export async function patchPoll(context: PollCtx) {
  const poll = await requireManaged(context);
  const patch = await context.json(pollPatch);
  if (patch.question !== undefined && patch.question !== poll.question && poll.voters > 0) {
    throw problem(409, "People have already answered this question, so it cannot be another one now.", {
      code: "POLL_HAS_VOTES",
    });
  }
  checkFuture(patch.closesAt ?? null);
  await updatePoll(poll.id, patch);
  return getPoll(context);
}

export async function close(context: PollCtx) {
  await closePoll((await requireManaged(context)).id);
  return getPoll(context);
}

export async function reopen(context: PollCtx) {
  await reopenPoll((await requireManaged(context)).id);
  return getPoll(context);
}

export async function remove(context: PollCtx) {
  await deletePoll((await requireManaged(context)).id);
}

export async function undoRemove(context: PollCtx) {
  const id = checkId(context.params.id);
  const deleted = await findDeletedPoll(id);
  if (!deleted) throw noSuchPoll();
  requireManager(context.identity, deleted);
  await restorePoll(id);
  return getPoll(context);
}

export async function vote(context: PollCtx) {
  const { options } = await context.json(ballot);
  await castVote(checkId(context.params.id), options, context.identity);
  void goals.report(context.identity, "voted");
  return getPoll(context);
}

export async function withdraw(context: PollCtx) {
  await castVote(checkId(context.params.id), [], context.identity);
  return getPoll(context);
}

/** For who asked: who chose what, unless the poll is anonymous. */
export async function getVotes(context: PollCtx) {
  const poll = await requireManaged(context);
  if (poll.anonymous) {
    throw problem(403, "This poll is anonymous: nobody learns who chose what.", { code: "POLL_ANONYMOUS" });
  }
  const items = await sql`SELECT voter AS "userId", voter_name AS name, max(voted_at) AS "votedAt",
      array_agg(option_id::text) AS options
    FROM votes WHERE poll_id = ${poll.id} GROUP BY voter, voter_name ORDER BY max(voted_at) DESC, voter LIMIT 1000`;
  return { items, nextCursor: null };
}

async function requireManaged(context: PollCtx): Promise<PollRow> {
  const poll = await requirePoll(context);
  requireManager(context.identity, poll);
  return poll;
}

async function requirePoll({ params, identity }: PollCtx): Promise<PollRow> {
  const poll = await findPoll(checkId(params.id), identity);
  if (!poll) throw noSuchPoll();
  return poll;
}

function checkId(id: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) throw noSuchPoll();
  return id;
}

function noSuchPoll() {
  return problem(404, "There is no such poll.", { code: "POLL_NOT_FOUND" });
}

function checkFuture(closesAt: Date | null): void {
  if (closesAt && closesAt.getTime() <= Date.now()) {
    throw problem(422, "closesAt: must be in the future", { code: "BODY_INVALID" });
  }
}

/** Figures only once they can no longer sway the asking user: after their own vote, at the end, or as the poll's author. */
function toPoll(row: PollRow, identity: Context["identity"]) {
  const { salt: _secret, authorId, authorName, options, ...poll } = row;
  const manages = mayManage(identity, row);
  const showsResults = !row.open || row.chosen.length > 0 || manages;
  return {
    ...poll,
    author: { id: authorId, name: authorName },
    mayManage: manages,
    options: options.map((option) => (showsResults ? option : { ...option, votes: null })),
  };
}
