import type { Pool, PoolClient, QueryResult, QueryResultRow } from "pg";
import { environment } from "./environment.ts";
import { log } from "./log.ts";

/** Runs queries: a connection of the pool, or the one of a transaction. */
export interface Sql {
  /** Rows of a query whose interpolated values become parameters: `` sql<Post>`SELECT … WHERE id = ${id}` ``. */
  <Row extends QueryResultRow>(strings: TemplateStringsArray, ...values: unknown[]): Promise<Row[]>;
  /** For statements put together at run time; `$1`, `$2` … refer to `values`. */
  query<Row extends QueryResultRow>(text: string, values?: unknown[]): Promise<QueryResult<Row>>;
}

/** The module's database, on `DATABASE_URL`. Nothing connects before the first use. */
export interface Database extends Sql {
  /** Everything in `work` commits together, or nothing when it throws. */
  transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T>;
  /** The pool beneath, for what the rest does not cover (COPY, cursors, LISTEN). */
  pool(): Promise<Pool>;
  /** Ends idle connections, then waits for busy ones. */
  close(): Promise<void>;
}

/** A module is one of many on its database server, and its role's connection limit is low. */
const maxConnections = 4;

export function createDatabase(url: string | null, applicationName: string): Database {
  let opened: Promise<Pool> | undefined;

  const pool = () => {
    opened ??= openPool(url, applicationName);
    return opened;
  };
  const sql = createSql(async (text, values) => {
    const from = await pool();
    return from.query(text, values).catch(nameLostConnection);
  });

  return Object.assign(sql, {
    pool,
    async transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T> {
      const client = await (await pool()).connect().catch(nameLostConnection);
      return inTransaction(client, work);
    },
    async close() {
      if (opened) await (await opened).end();
    },
  });
}

function createSql(run: (text: string, values: unknown[]) => Promise<QueryResult>): Sql {
  const tagged = async (strings: TemplateStringsArray, ...values: unknown[]) => {
    const text = strings.reduce((sql, part, i) => `${sql}$${i}${part}`);
    return (await run(text, values)).rows;
  };
  return Object.assign(tagged, { query: (text: string, values: unknown[] = []) => run(text, values) }) as Sql;
}

async function inTransaction<T>(client: PoolClient, work: (tx: Sql) => Promise<T>): Promise<T> {
  let broken: Error | undefined;
  try {
    await client.query("BEGIN");
    const result = await work(createSql((text, values) => client.query(text, values)));
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch((cause: Error) => {
      broken = cause;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** pg gives these two no code, so nothing could tell them from a mistake in the query. */
function nameLostConnection(error: Error & { code?: string }): never {
  if (/^(timeout exceeded when trying to connect|Connection terminated)/.test(error.message)) {
    error.code ??= "DATABASE_UNAVAILABLE";
  }
  throw error;
}

// Imported on first use: pg takes 15 ms to load, and a module without tables never needs it.
async function openPool(url: string | null, applicationName: string): Promise<Pool> {
  if (!url) {
    throw new Error(
      'This module has no database: add a "database" section to its module.json, or set DATABASE_URL when running it alone.',
    );
  }
  const { default: pg } = await import("pg");
  const types = new pg.TypeOverrides();
  types.setTypeParser(pg.types.builtins.INT8, parseInt8);
  const created = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    application_name: applicationName,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 5_000,
    types,
  });
  // One that is lost while in use is reported by its query; without a listener it would end the process.
  created.on("connect", (client) => client.on("error", () => {}));
  created.on("error", (error) => log.warn("an idle database connection was lost", { error: error.message }));
  return created;
}

/** `count(*)` is an int8; a number is what callers want as long as it is exact. */
function parseInt8(text: string): number | bigint {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : BigInt(text);
}

/** The module's database. */
export const sql: Database = createDatabase(environment.databaseUrl, environment.module);
