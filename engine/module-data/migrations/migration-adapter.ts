import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import pg from "pg";
import { createLedgerWrites } from "./ledger-writes.ts";
import type { Script } from "./sql/script.ts";

/** The first thing that went wrong; what follows in an aborted transaction only hides it. */
export interface FirstError {
  error: unknown;
  /** Null: not in a migration's own statements but in the ledger. */
  script: AdapterScript | null;
  /** Statements of the script that had completed. */
  completed: number;
}

/** Of what the adapter needs to know of a migration. */
export type AdapterScript = Pick<Script, "name" | "source" | "sql" | "statements">;

export interface AdapterOptions {
  /** Where Prisma's ledger stands. */
  schema: string;
  scripts: readonly AdapterScript[];
  /** The caller's transaction holds them all; otherwise each is one of its own, as Prisma runs it. */
  oneTransaction: boolean;
}

export interface MigrationAdapter {
  factory: SqlMigrationAwareDriverAdapterFactory;
  firstError(): FirstError | null;
  /** Writes what is still held of the ledger. Call it before the transaction is looked at or ends. */
  finish(): Promise<void>;
  close(): void;
}

/**
 * Prisma's adapter bound to the one open connection. Scripts are looked up by the author's text and sent whole: the adapter's own
 * executeScript splits at every semicolon, also inside function bodies. What the engine writes into its ledger is held back
 * until somebody could see it: one answer to wait for in each migration, not four.
 */
export function createMigrationAdapter(client: pg.Client, options: AdapterOptions): MigrationAdapter {
  const { schema, scripts, oneTransaction } = options;
  const waiting = Map.groupBy(scripts, ({ source }) => source);
  let first: FirstError | null = null;
  let completed = 0;
  let state = "I";
  const count = () => {
    completed += 1;
  };
  const ready = (message: { status: string }) => {
    state = message.status;
  };
  const ledger = createLedgerWrites();
  client.connection.on("commandComplete", count);
  client.connection.on("readyForQuery", ready);
  const noting =
    <A extends unknown[], R>(script: AdapterScript | null, call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      try {
        return await call(...args);
      } catch (error) {
        first ??= { error, script, completed };
        throw error;
      }
    };
  const send = noting(null, (text: string) => client.query(text));

  async function finish(): Promise<void> {
    const rows = ledger.flush(true);
    if (rows.length > 0) await send(rows.join(";"));
  }

  async function execute(script: AdapterScript): Promise<void> {
    const { sql } = script;
    if (sql.includes("_prisma_migrations")) {
      const rows = ledger.flush(false);
      if (rows.length > 0) await send(rows.join(";"));
    }
    const goes = /\bdrop\s+schema\b/i.test(sql);
    const kept = goes ? await client.query(keepLedgerSql) : null;
    completed = 0;
    // Alone, also a file of one statement: some may be in no transaction, not even in the one of two statements sent together.
    await noting(script, (text: string) => client.query(text))(sql);
    if (!oneTransaction && state !== "I") await noting(script, leftOpen)();
    if (kept !== null) await client.query(restoreLedgerSql(kept.rows[0]?.rows ?? null));
    // Settings, temporary tables and locks of one file are not the next one's: each may have been deployed by itself.
    if (!oneTransaction) await send("DISCARD ALL");
    else if (/\bset\b|set_config/i.test(sql)) await send("RESET ALL");
  }

  async function connect() {
    const prisma = new PrismaPg({ max: 1 }, { schema });
    const adapter = await prisma.connect();
    // The adapter's pool never connects: all it does goes to the open connection.
    const pool = adapter.underlyingDriver();
    pool.query = client.query.bind(client) as typeof pool.query;
    pool.connect = () => Promise.reject(new Error("Migrations run on one connection"));
    const readRaw = noting(null, adapter.queryRaw.bind(adapter));
    const executeRaw = noting(null, adapter.executeRaw.bind(adapter));
    return Object.assign(adapter, {
      async queryRaw(query: Parameters<typeof readRaw>[0]) {
        if (ledger.take(query)) return { columnNames: [], columnTypes: [], rows: [] };
        await finish();
        return readRaw(query);
      },
      // The engine's lock is one constant that any role can hold for ever; operations are serialised by the host instead.
      executeRaw: async (query: Parameters<typeof executeRaw>[0]) =>
        query.sql.includes("pg_advisory_lock") ? 0 : executeRaw(query),
      async executeScript(source: string) {
        // Of several with one text the first that has not run.
        const script = waiting.get(source)?.shift();
        if (!script) throw new Error("The engine sent a script that is not one of the migrations");
        await execute(script);
      },
    });
  }
  return {
    factory: {
      provider: "postgres",
      adapterName: "@prisma/adapter-pg",
      connect,
      connectToShadowDb: () => Promise.reject(new Error("Migrations are applied without a shadow database")),
    },
    firstError: () => first,
    finish,
    close() {
      client.connection.off("commandComplete", count);
      client.connection.off("readyForQuery", ready);
    },
  };
}

const keepLedgerSql = "SELECT pg_catalog.jsonb_agg(l)::text AS rows FROM public._prisma_migrations l";

/** Prisma keeps its ledger in the schema that a file may drop and make again. */
function restoreLedgerSql(rows: string | null): string {
  const values = rows === null ? "NULL" : pg.escapeLiteral(rows);
  return `DO $graft$ BEGIN
    IF pg_catalog.to_regclass('public._prisma_migrations') IS NULL AND pg_catalog.to_regnamespace('public') IS NOT NULL THEN
      CREATE TABLE public._prisma_migrations (id varchar(36) PRIMARY KEY NOT NULL, checksum varchar(64) NOT NULL, finished_at timestamptz,
        migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(),
        applied_steps_count integer NOT NULL DEFAULT 0);
      INSERT INTO public._prisma_migrations SELECT * FROM pg_catalog.jsonb_populate_recordset(NULL::public._prisma_migrations, ${values});
    END IF;
  END $graft$`;
}

async function leftOpen(): Promise<void> {
  throw new Error("it leaves a transaction open; end it with COMMIT");
}
