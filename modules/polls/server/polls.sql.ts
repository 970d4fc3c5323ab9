import { type Identity, type Sql, sql } from "@graft/sdk/server";
import type { NewPoll, PollPatch } from "./poll-input.ts";

export interface OptionRow {
  id: string;
  label: string;
  votes: number;
}

export interface PollRow {
  id: string;
  question: string;
  multiple: boolean;
  anonymous: boolean;
  salt: string;
  closesAt: Date | null;
  closedAt: Date | null;
  createdAt: Date;
  authorId: string;
  authorName: string;
  open: boolean;
  voters: number;
  /** Ids of the options the asking user has chosen. */
  chosen: string[];
  options: OptionRow[];
}

const open = `(p.closed_at IS NULL AND (p.closes_at IS NULL OR p.closes_at > now()))`;
/** `$1` is the asking user's id. The digest is that of `toVoter`. */
const voter = `CASE WHEN p.anonymous THEN encode(sha256(convert_to(p.salt || $1, 'UTF8')), 'hex') ELSE $1 END`;

const selectPolls = `SELECT p.id, p.question, p.multiple, p.anonymous, p.salt, p.closes_at AS "closesAt",
  p.closed_at AS "closedAt", p.created_at AS "createdAt", p.author_id AS "authorId", p.author_name AS "authorName",
  ${open} AS open,
  (SELECT count(DISTINCT v.voter) FROM votes v WHERE v.poll_id = p.id) AS voters,
  ARRAY(SELECT v.option_id::text FROM votes v WHERE v.poll_id = p.id AND v.voter = ${voter}) AS chosen,
  (SELECT json_agg(json_build_object('id', o.id, 'label', o.label,
     'votes', (SELECT count(*) FROM votes v WHERE v.option_id = o.id)) ORDER BY o.position)
   FROM options o WHERE o.poll_id = p.id) AS options
FROM polls p`;

/** Open polls by when they end, soonest first; closed ones newest first. */
export async function listPolls(identity: Identity, wantOpen: boolean, limit: number): Promise<PollRow[]> {
  const order = wantOpen
    ? "p.closes_at ASC NULLS LAST, p.created_at DESC"
    : "coalesce(p.closed_at, p.closes_at) DESC, p.id";
  const { rows } = await sql.query<PollRow>(
    `${selectPolls} WHERE p.deleted_at IS NULL AND ${open} = $2 ORDER BY ${order} LIMIT $3`,
    [identity.userId, wantOpen, limit],
  );
  return rows;
}

export async function findPoll(id: string, identity: Identity): Promise<PollRow | undefined> {
  const { rows } = await sql.query<PollRow>(`${selectPolls} WHERE p.id = $2 AND p.deleted_at IS NULL`, [
    identity.userId,
    id,
  ]);
  return rows[0];
}

export async function insertPoll(poll: NewPoll, author: Identity): Promise<string> {
  return sql.transaction(async (tx) => {
    const rows = await tx<{ id: string }>`
      INSERT INTO polls (question, multiple, anonymous, closes_at, author_id, author_name)
      VALUES (${poll.question}, ${poll.multiple}, ${poll.anonymous}, ${poll.closesAt}, ${author.userId}, ${author.name})
      RETURNING id`;
    const id = rows[0]?.id ?? "";
    await tx`INSERT INTO options (poll_id, position, label)
      SELECT ${id}, position, label FROM unnest(${poll.options}::text[]) WITH ORDINALITY AS o (label, position)`;
    return id;
  });
}

export async function updatePoll(id: string, patch: PollPatch): Promise<void> {
  if (patch.question !== undefined) await sql`UPDATE polls SET question = ${patch.question} WHERE id = ${id}`;
  if (patch.closesAt !== undefined)
    await sql`UPDATE polls SET closes_at = ${patch.closesAt} WHERE id = ${id}`;
}

export async function closePoll(id: string): Promise<void> {
  await sql`UPDATE polls SET closed_at = now() WHERE id = ${id} AND closed_at IS NULL`;
}

/** A closing date that has passed goes too, or the poll would stay closed. */
export async function reopenPoll(id: string): Promise<void> {
  await sql`UPDATE polls SET closed_at = NULL, closes_at = CASE WHEN closes_at > now() THEN closes_at END
    WHERE id = ${id}`;
}

/** Deleted polls can come back for 30 days; then the next deletion removes them for good. */
export async function deletePoll(id: string): Promise<void> {
  await sql`UPDATE polls SET deleted_at = now() WHERE id = ${id}`;
  await sql`DELETE FROM polls WHERE deleted_at < now() - interval '30 days'`;
}

export async function findDeletedPoll(id: string): Promise<Pick<PollRow, "authorId"> | undefined> {
  const rows = await sql<Pick<PollRow, "authorId">>`
    SELECT author_id AS "authorId" FROM polls WHERE id = ${id} AND deleted_at IS NOT NULL`;
  return rows[0];
}

export async function restorePoll(id: string): Promise<void> {
  await sql`UPDATE polls SET deleted_at = NULL WHERE id = ${id}`;
}

/** Holds the poll until the transaction ends: two votes of one person cannot pass each other, nor a vote the closing. */
export async function lockOpenPoll(tx: Sql, id: string): Promise<LockedPoll | undefined> {
  const rows = await tx<LockedPoll>`
    SELECT id, multiple, anonymous, salt,
      closed_at IS NULL AND (closes_at IS NULL OR closes_at > now()) AS open,
      ARRAY(SELECT o.id::text FROM options o WHERE o.poll_id = polls.id) AS options
    FROM polls WHERE id = ${id} AND deleted_at IS NULL FOR UPDATE`;
  return rows[0];
}

export interface LockedPoll {
  id: string;
  multiple: boolean;
  anonymous: boolean;
  salt: string;
  open: boolean;
  options: string[];
}
