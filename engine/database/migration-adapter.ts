import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import type pg from "pg";
import type { Script } from "./sql/script.ts";

/** The first thing that went wrong; what follows in an aborted transaction only hides it. */
export interface FirstError {
  error: unknown;
  /** Null: not in a migration's own statements but in the ledger. */
  script: Script | null;
  /** Statements of the script that had completed. */
  completed: number;
}

export interface MigrationAdapter {
  factory: SqlMigrationAwareDriverAdapterFactory;
  firstError(): FirstError | null;
  close(): void;
}

/**
 * Prisma's adapter bound to the one open connection. Scripts are looked up by the author's text and sent whole in
 * their rewritten form: the adapter's own executeScript splits at every semicolon, also inside function bodies.
 * @param stepwise commit before each script, so that it may use what the one before it added to an enum
 */
export function createMigrationAdapter(
  client: pg.Client,
  schema: string,
  scripts: Script[],
  stepwise = false,
): MigrationAdapter {
  const bySource = new Map(scripts.map((script) => [script.source, script]));
  let first: FirstError | null = null;
  let completed = 0;
  const count = () => {
    completed += 1;
  };
  client.connection.on("commandComplete", count);
  const noting =
    <A extends unknown[], R>(script: Script | null, call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      try {
        return await call(...args);
      } catch (error) {
        first ??= { error, script, completed };
        throw error;
      }
    };

  async function connect() {
    const prisma = new PrismaPg({ max: 1 }, { schema });
    const adapter = await prisma.connect();
    // The adapter's pool never connects: all it does goes to the open connection.
    const pool = adapter.underlyingDriver();
    pool.query = client.query.bind(client) as typeof pool.query;
    pool.connect = () => Promise.reject(new Error("Migrations run on one connection"));
    const queryRaw = noting(null, adapter.queryRaw.bind(adapter));
    const executeRaw = noting(null, adapter.executeRaw.bind(adapter));
    return Object.assign(adapter, {
      queryRaw,
      // The engine's lock is one constant that any role can hold for ever; operations are serialised by the host instead.
      executeRaw: async (query: Parameters<typeof executeRaw>[0]) =>
        query.sql.includes("pg_advisory_lock") ? 0 : executeRaw(query),
      async executeScript(source: string) {
        const script = bySource.get(source);
        if (!script) throw new Error("The engine sent a script that is not one of the migrations");
        if (stepwise) await noting(script, (text: string) => client.query(text))("COMMIT; BEGIN");
        completed = 0;
        // RESET ALL: a setting that one file changes is not the next one's.
        await noting(script, (text: string) => client.query(text))(`${script.sql}\n;RESET ALL`);
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
    close: () => void client.connection.off("commandComplete", count),
  };
}
