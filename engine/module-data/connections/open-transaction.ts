import type pg from "pg";
import { GraftError } from "../../core/index.ts";
import type { OpenMigration } from "../types.ts";
import { isConnectionError } from "./connection-errors.ts";

/** How an open transaction of the owner's ends; the connection ends with it. */
export function transactionEnd(client: pg.Client): Pick<OpenMigration, "commit" | "rollback"> {
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
    rollback: () => finish("ROLLBACK"),
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
