import { GraftError, isGraftError, type Log } from "../../core/index.ts";
import { type LockRetries, withLockRetries } from "../connections/lock-retries.ts";
import { transactionEnd } from "../connections/open-transaction.ts";
import { sealSql } from "../connections/seal.ts";
import { createListed, createUntrusted } from "../databases/extensions.ts";
import type { OpenMigration } from "../types.ts";
import { migrationFailed } from "./migration-failed.ts";
import { apply, type HistoryDeps, type HistoryInput, readHistory } from "./run-history.ts";
import { problem, type Script } from "./sql/script.ts";

export interface InPlaceDeps extends HistoryDeps {
  locks: LockRetries;
  log: Log;
}

/** While the older version serves: in one transaction, which stays open. Nothing is left on a throw. */
export async function migrateInPlace(deps: InPlaceDeps, input: HistoryInput): Promise<OpenMigration> {
  const { naming, owners, server, locks, log } = deps;
  const { place } = input;
  // Once there they stay, whatever becomes of the change.
  if (input.extensions.length > 0)
    await createUntrusted(server, await deps.facts(), {
      ...{ database: naming.database(place), names: input.extensions, isEmpty: false },
    });
  const client = await owners.open(place, { lockTimeoutMs: locks.timeoutMs });
  const begin = () => client.query("BEGIN");
  try {
    await begin();
    const history = await readHistory(deps, client, input);
    requireNoEnd(place.module, history.pending);
    const applied = await withLockRetries({
      ...{ server, log, locks, client, module: place.module, role: naming.roles(place.module).runtimeRole },
      async work() {
        await createListed(client, input.extensions, history.migrations);
        const names = await apply(client, place.module, { ...history, oneTransaction: true });
        await client.query(sealSql(naming.roles(place.module)));
        return names;
      },
      again: begin,
    });
    return { applied, ...transactionEnd(client) };
  } catch (error) {
    await client.end().catch(() => {});
    // What a deferred trigger says is said when constraints are checked, after the last migration.
    throw isGraftError(error) ? error : migrationFailed(place.module, null, error);
  }
}

/** The plan takes such a history to a copy. Here it would commit what somebody may have to take back. */
function requireNoEnd(module: string, scripts: readonly Script[]): void {
  for (const script of scripts) {
    const end = script.statements.find(({ node }) => node.TransactionStmt);
    if (end === undefined) continue;
    const { migration, line, statement, reason } = problem(
      script.name,
      end,
      "begins or ends a transaction itself",
    );
    throw new GraftError("MIGRATION_FAILED", `${module}, migration ${migration}, line ${line}: ${reason}.`, {
      hint: "Nothing was changed. Such a migration runs on a copy of the data, not beside the version that serves.",
      details: { module, migration, line, statement, reason },
    });
  }
}
