import pg from "pg";
import { GraftError } from "../../core/index.ts";

const { escapeIdentifier } = pg;
const lockNotAvailable = "55P03";

/** Every row of a database as of one point in time, until it is ended. */
export interface Reading {
  client: pg.Client;
  /** Tables that force row security on their owner too, qualified and quoted: read within {@link seeingAll}. */
  forced: string[];
}

export interface ReadingOptions {
  /** How long a statement waits for a table that somebody has locked. */
  lockTimeoutMs?: number;
}

/**
 * Begins it in one round trip and without a lock on any table, so that many databases can be opened while
 * writes wait; what is read may be read much later. On the owner's connection.
 */
export async function beginReading(client: pg.Client, options: ReadingOptions = {}): Promise<Reading> {
  const { lockTimeoutMs = 5000 } = options;
  // Whatever is on the search path of the session, the catalogue's own are asked.
  const results = (await client.query(
    `BEGIN ISOLATION LEVEL REPEATABLE READ;
     SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL row_security = off;
     SET LOCAL lock_timeout = ${lockTimeoutMs}; SET LOCAL synchronize_seqscans = off; ${forcedSql}`,
  )) as unknown as pg.QueryResult<{ schema: string; name: string }>[];
  const rows = results.at(-1)?.rows ?? [];
  return { client, forced: rows.map(({ schema, name }) => qualify(schema, name)) };
}

/** Rolls back; where something failed the session ends, whatever it is still sending. */
export async function endReading({ client }: Reading, failed = false): Promise<void> {
  // Not by a statement after a failure: it would wait behind a COPY that nobody reads any more.
  if (failed) await client.end().catch(() => {});
  else await client.query("ROLLBACK").catch(() => {});
}

/** Does the work with every table locked for it, then ends the reading. @throws TABLE_LOCKED, what the work throws */
export async function readTables<T>(reading: Reading, work: () => Promise<T>): Promise<T> {
  try {
    await lockForReading(reading);
    const result = await namingLocks(reading.client, work);
    await endReading(reading);
    return result;
  } catch (error) {
    await endReading(reading, true);
    throw error;
  }
}

/**
 * Keeps every table from being dropped, truncated or rewritten until the end, as pg_dump does: such a change shows
 * another reader nothing of the rows of before. @throws TABLE_LOCKED, also when one was rewritten since it began
 */
async function lockForReading(reading: Reading): Promise<void> {
  const { client, forced } = reading;
  await namingLocks(client, async () => {
    if (forced.length === 0) await client.query("SET TRANSACTION READ ONLY");
    const { rows } = await client.query<{ schema: string; name: string }>(tablesSql);
    if (rows.length === 0) return;
    const names = rows.map(({ schema, name }) => `ONLY ${qualify(schema, name)}`);
    await client.query(`LOCK TABLE ${names.join(", ")} IN ACCESS SHARE MODE`);
    const { rows: rewritten } = await client.query<{ name: string }>(rewrittenSql);
    if (rewritten.length > 0) throw tableRewritten(rewritten.map(({ name }) => name));
  });
}

/**
 * With the table's forced row security lifted, which locks it, and only until the work is done. Nobody sees it lifted;
 * not at all where the role passes row security anyway.
 */
export async function* seeingAll<T, R>(
  { client, forced }: Reading,
  table: string,
  work: () => AsyncGenerator<T, R>,
): AsyncGenerator<T, R> {
  if (!forced.includes(table)) return yield* work();
  await client.query(`SAVEPOINT graft_forced; ${liftSql(table)}`);
  const result = yield* work();
  await client.query("ROLLBACK TO SAVEPOINT graft_forced");
  return result;
}

/** Says which table was locked, where a wait ended for that. The transaction is over then. */
async function namingLocks<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if ((error as { code?: unknown }).code !== lockNotAvailable) throw error;
    await client.query("ROLLBACK");
    const { rows } = await client.query<{ name: string; pid: number }>(lockersSql);
    throw tableLocked(rows, error);
  }
}

const liftSql = (table: string) => `ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`;
const qualify = (schema: string, name: string) => `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`;

function tableLocked(lockers: { name: string; pid: number }[], cause: unknown): GraftError {
  const [first] = lockers;
  const what = first ? `${first.name} is locked by session ${first.pid}` : "a table was locked for too long";
  return new GraftError("TABLE_LOCKED", `The data cannot be read: ${what}.`, {
    hint: first
      ? `Wait until that session is done, or stop the module, or end the session with SELECT pg_terminate_backend(${first.pid}).`
      : "Try again.",
    retryable: true,
    details: { tables: lockers.map(({ name }) => name) },
    cause,
  });
}

function tableRewritten(tables: string[]): GraftError {
  return new GraftError(
    "TABLE_LOCKED",
    `The data cannot be read as of one moment: ${tables.join(", ")} was rewritten in between.`,
    { hint: "Try again.", retryable: true, details: { tables } },
  );
}

const ofModule = "n.nspname OPERATOR(pg_catalog.!~) '^pg_' AND n.nspname <> 'information_schema'";

const forcedSql = `
  SELECT n.nspname::pg_catalog.text AS schema, c.relname::pg_catalog.text AS name
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relforcerowsecurity AND ${ofModule}
    AND NOT EXISTS (SELECT FROM pg_catalog.pg_roles r WHERE r.rolname = current_user AND (r.rolsuper OR r.rolbypassrls))
  ORDER BY 1, 2`;

const tablesSql = `
  SELECT n.nspname::pg_catalog.text AS schema, c.relname::pg_catalog.text AS name
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND ${ofModule}
    AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND e.objid = c.oid AND e.deptype = 'e')
  ORDER BY 1, 2`;

// The catalogue's row is as of the beginning, the function's answer of now.
const rewrittenSql = `
  SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS name
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' AND c.relfilenode <> 0 AND ${ofModule}
    AND c.relfilenode IS DISTINCT FROM pg_catalog.pg_relation_filenode(c.oid) ORDER BY 1`;

const lockersSql = `
  SELECT DISTINCT pg_catalog.format('%I.%I', n.nspname, c.relname) AS name, l.pid
  FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_class c ON c.oid = l.relation JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE l.granted AND l.mode = 'AccessExclusiveLock' AND l.pid <> pg_catalog.pg_backend_pid() AND c.relkind IN ('r', 'p', 'v', 'm') AND ${ofModule}
    AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()) ORDER BY 1`;
