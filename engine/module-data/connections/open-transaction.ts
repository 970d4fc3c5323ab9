import pg from "pg";
import { GraftError } from "../../core/index.ts";
import type { ModuleDatabaseNames, OpenMigration } from "../types.ts";
import { isConnectionError } from "./connection-errors.ts";

const { escapeIdentifier } = pg;

/**
 * Deferred constraints and triggers fire here, where failing is cheap, not at the commit. The runtime role gets every
 * row whatever the migrations granted, and of the ledger only the sight.
 */
export function sealSql(names: ModuleDatabaseNames): string {
  const schema = escapeIdentifier(names.schema);
  const runtime = escapeIdentifier(names.runtimeRole);
  return `SET CONSTRAINTS ALL IMMEDIATE;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${runtime};
    GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA ${schema} TO ${runtime};
    REVOKE ALL ON ${schema}._prisma_migrations FROM ${runtime};
    GRANT SELECT ON ${schema}._prisma_migrations TO ${runtime}`;
}

/** How an open transaction of the owner's ends; the connection ends with it. `undo` follows a rollback. */
export function transactionEnd(
  client: pg.Client,
  undo?: () => Promise<void>,
): Pick<OpenMigration, "commit" | "rollback"> {
  const finish = async (command: "COMMIT" | "ROLLBACK") => {
    try {
      const result = await client.query(command);
      // PostgreSQL answers COMMIT with ROLLBACK when the transaction had failed.
      if (result.command !== command) throw new Error(`${command} was answered with ${result.command}`);
    } catch (error) {
      // A transaction whose connection is gone is rolled back already.
      if (command === "ROLLBACK" && isConnectionError(error)) return;
      throw isConnectionError(error) ? commitUnknown(error) : error;
    } finally {
      await client.end().catch(() => {});
    }
  };
  return {
    commit: () => finish("COMMIT"),
    async rollback() {
      await finish("ROLLBACK");
      await undo?.();
    },
  };
}

function commitUnknown(cause: unknown): GraftError {
  return new GraftError(
    "DATABASE_UNREACHABLE",
    `PostgreSQL went away at the commit: ${(cause as Error).message}`,
    {
      hint: "Whether it was committed is in the module's ledger; ask for its applied migrations once the server is back.",
      retryable: true,
      cause,
    },
  );
}
