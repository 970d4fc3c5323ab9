import pg from "pg";

const { escapeIdentifier } = pg;

/**
 * Every row as of one moment, on the owner's connection. Tables that force row security on their owner too would hide
 * rows: for those alone the force is lifted inside the transaction, which is always rolled back. `work` gets their names.
 * After a throw the connection is gone.
 * @param snapshotId of a snapshot that another session of this database exported; absent: as of now
 */
export async function readTransaction<T>(
  client: pg.Client,
  schema: string,
  work: (forced: string[]) => Promise<T>,
  snapshotId?: string,
): Promise<T> {
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ");
  try {
    // Before any query of this transaction.
    if (snapshotId !== undefined)
      await client.query(`SET TRANSACTION SNAPSHOT ${pg.escapeLiteral(snapshotId)}`);
    await client.query("SET LOCAL statement_timeout = 0; SET LOCAL row_security = off");
    const { rows: forced } = await client.query<{ name: string }>(forcedSql, [schema]);
    const names = forced.map(({ name }) => `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`);
    await client.query(
      names.length === 0
        ? "SET TRANSACTION READ ONLY"
        : names.map((name) => `ALTER TABLE ${name} NO FORCE ROW LEVEL SECURITY`).join("; "),
    );
    const result = await work(forced.map(({ name }) => name));
    await client.query("ROLLBACK").catch(() => {});
    return result;
  } catch (error) {
    // Not by a statement: it would wait behind a COPY that nobody reads any more. The session ends, and all with it.
    await client.end().catch(() => {});
    throw error;
  }
}

const forcedSql = `
  SELECT c.relname::pg_catalog.text AS name FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = $1 AND c.relforcerowsecurity ORDER BY c.relname`;
