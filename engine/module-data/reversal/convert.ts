import type pg from "pg";

/** A column on its way from one type to another. */
export interface Conversion {
  column: string;
  from: string;
  to: string;
  /** Attributes of a composite type, each under its present name, null where the newer type has none. */
  attributes: (string | null)[];
}

const bare = (type: string) => type.replace(/ COLLATE [\s\S]*$/, "");
const isArray = (type: string) => bare(type).endsWith("[]");
const moment = /^timestamp(?:\(\d\))? with(out)? time zone$/;

/** Expressions for the column's value in the other type, the best first; the first that PostgreSQL takes is used. */
export function conversions({ column, from, to, attributes }: Conversion): string[] {
  const type = bare(to);
  const [is, was] = [moment.exec(bare(from)), moment.exec(type)];
  // Prisma writes moments in UTC, whatever the session's zone.
  if (is && was && is[1] !== was[1]) return [`${column} AT TIME ZONE 'UTC'`];
  if (isArray(from) && !isArray(to))
    return conversions({ column: `(${column})[1]`, from: bare(from).slice(0, -2), to, attributes });
  if (!isArray(from) && isArray(to))
    return conversions({ column, from, to: type.slice(0, -2), attributes }).map(
      (one) => `CASE WHEN ${column} IS NOT NULL THEN ARRAY[${one}]::${type} END`,
    );
  const plain = [`(${column})::${type}`, `(${column})::pg_catalog.text::${type}`];
  if (attributes.length === 0) return plain;
  const row = attributes.map((name) => (name === null ? "NULL" : `(${column}).${name}`)).join(", ");
  return [`CASE WHEN ${column} IS DISTINCT FROM NULL THEN ROW(${row})::${type} END`, ...plain];
}

/** In the caller's transaction: runs the first of the statements that does not fail. @throws what the first failed with */
export async function runFirst(client: pg.Client, statements: readonly string[]): Promise<string> {
  let first: unknown;
  for (const sql of statements) {
    await client.query("SAVEPOINT graft_first");
    try {
      await client.query(sql);
      await client.query("RELEASE SAVEPOINT graft_first");
      return sql;
    } catch (error) {
      await client.query("ROLLBACK TO SAVEPOINT graft_first");
      first ??= error;
    }
  }
  throw first;
}
