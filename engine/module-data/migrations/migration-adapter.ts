import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import type pg from "pg";
import { createLedgerWrites } from "./ledger-writes.ts";
import type { Script } from "./sql/script.ts";

/** The first thing that went wrong; what follows in an aborted transaction only hides it. */
export interface FirstError {
  error: unknown;
  /** Null: not in a migration's own statements but in the ledger. */
  script: Script | null;
  /** Statements of the script that had completed. */
  completed: number;
}

/** Safe to lose alone at a crash of the server: the last commit writes it out with itself. */
const step = ["SET LOCAL synchronous_commit = off", "COMMIT", "BEGIN"];

export interface MigrationAdapter {
  factory: SqlMigrationAwareDriverAdapterFactory;
  firstError(): FirstError | null;
  /** Writes what is still held of the ledger. Call it before the transaction is looked at or ends. */
  finish(): Promise<void>;
  close(): void;
}

/**
 * Prisma's adapter bound to the one open connection. Scripts are looked up by the author's text and sent whole in
 * their rewritten form: the adapter's own executeScript splits at every semicolon, also inside function bodies. What
 * the engine writes into its ledger is held back until somebody could see it: one answer to wait for in each migration, not
 * four.
 */
export function createMigrationAdapter(
  client: pg.Client,
  schema: string,
  scripts: Script[],
): MigrationAdapter {
  const bySource = new Map(scripts.map((script) => [script.source, script]));
  let first: FirstError | null = null;
  let completed = 0;
  const count = () => {
    completed += 1;
  };
  const ledger = createLedgerWrites();
  client.connection.on("commandComplete", count);
  const noting =
    <A extends unknown[], R>(script: Script | null, call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      try {
        return await call(...args);
      } catch (error) {
        first ??= { error, script: completed < 0 ? null : script, completed };
        throw error;
      }
    };

  async function finish(): Promise<void> {
    completed = 0;
    const rows = ledger.flush(true);
    if (rows.length > 0) await noting(null, (text: string) => client.query(text))(rows.join(";"));
  }

  async function execute(script: Script): Promise<void> {
    const showsLedger = script.commitsFirst || script.sql.includes("_prisma_migrations");
    const before = [...(showsLedger ? ledger.flush(false) : []), ...(script.commitsFirst ? step : [])];
    const prefix = before.map((sql) => `${sql};`).join("");
    completed = -before.length;
    const failing = (error: Error & { position?: string }) => {
      // Counted from the script's first character, as if it had been sent alone.
      if (error.position) error.position = String(Number(error.position) - Array.from(prefix).length);
      throw error;
    };
    const query = noting(script, (text: string) => client.query(text).catch(failing));
    // RESET ALL: a setting that one file changes is not the next one's.
    await query(`${prefix}${script.sql}\n;RESET ALL`);
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
        const script = bySource.get(source);
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
    close: () => void client.connection.off("commandComplete", count),
  };
}
