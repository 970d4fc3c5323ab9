import type pg from "pg";
import { GraftError, type HostDb, type Log } from "../../core/index.ts";
import { type Extension, extensionsSql, toHomes } from "../connections/extensions.sql.ts";
import { type LockRetries, sqlState, withLockRetries } from "../connections/lock-retries.ts";
import type { Naming } from "../connections/names.ts";
import { sealSql, transactionEnd } from "../connections/open-transaction.ts";
import type { OwnerConnections } from "../connections/owner-connections.ts";
import { clearSchema } from "../schemas/clear-schema.ts";
import type { MigrationFile, ModuleDatabaseNames, OpenMigration } from "../types.ts";
import { checkHistory, inOrder, readLedger } from "./history.ts";
import { createMigrationAdapter } from "./migration-adapter.ts";
import { migrationFailed } from "./migration-failed.ts";
import { noFilter, toMigrationList, withSchemaEngine } from "./schema-engine.ts";
import { prepareScripts } from "./sql/prepare-scripts.ts";
import type { Script } from "./sql/script.ts";

/** "unsafe use of new value": an enum's new value is used before the transaction that added it has ended. */
const newValueInUse = "55P04";

export interface MigrateDeps {
  naming: Naming;
  owners: OwnerConnections;
  db: HostDb;
  locks: LockRetries;
  log: Log;
  /** Makes the module's schema empty again, as `prepare` left it. */
  reset(module: string, extensions: string[]): Promise<void>;
}

interface Run {
  module: string;
  names: ModuleDatabaseNames;
  migrations: MigrationFile[];
  scripts: Script[];
}

export interface MigrateInput {
  module: string;
  migrations: MigrationFile[];
  /** Without what the schema holds, which goes in the same transaction. */
  clear?: boolean;
}

/** The history on one connection of the owner's, in one transaction that stays open. */
export async function migrate(deps: MigrateDeps, input: MigrateInput): Promise<OpenMigration> {
  const { naming, owners, reset, locks } = deps;
  const { module } = input;
  const names = naming.names(module);
  const migrations = inOrder(input.migrations);
  const client = await owners.open(module, { lockTimeoutMs: locks.timeoutMs });
  let extensions: Record<string, string> = {};
  /** Some of it was committed, in a schema that no generation knows yet: a failure empties it. */
  let stepwise = false;
  const empty = () => reset(module, Object.keys(extensions));
  const clear = input.clear ? names.schema : null;
  try {
    extensions = await begin(client, clear);
    const ledger = await readLedger(client, names.schema);
    checkHistory(module, migrations, ledger);
    const done = new Set(ledger.map((row) => row.name));
    const pending = migrations.filter((file) => !done.has(file.name));
    const fresh = ledger.length === 0;
    const oneTransaction = clear !== null;
    const scripts = await prepareScripts(pending, {
      schema: names.schema,
      extensions,
      fresh,
      oneTransaction,
    });
    refuseProblems(module, scripts);
    const run = { module, names, migrations, scripts };
    stepwise = scripts.some((script) => script.commitsFirst);
    const first = stepwise
      ? execute(client, run)
      : withLockRetries({
          ...{ db: deps.db, log: deps.log, locks, client, module, schema: names.schema },
          work: () => execute(client, run),
          again: () => begin(client, clear),
        });
    const applied = await first.catch(async (error) => {
      if (!fresh || oneTransaction || sqlState(error) !== newValueInUse) throw error;
      await client.query("ROLLBACK");
      if (stepwise) await empty();
      stepwise = true;
      await begin(client, null);
      return execute(client, { ...run, scripts: scripts.map((one) => ({ ...one, commitsFirst: true })) });
    });
    const deferred = scripts.flatMap((script) => script.deferred);
    return { applied, deferred, ...transactionEnd(client, stepwise ? empty : undefined) };
  } catch (error) {
    await client.end().catch(() => {});
    if (stepwise) await empty();
    throw error;
  }
}

/** @returns the extensions `prepare` granted, with their schemas; creating any other is refused */
async function begin(client: pg.Client, clear: string | null): Promise<Record<string, string>> {
  const results = (await client.query(`BEGIN; ${extensionsSql}`)) as unknown as pg.QueryResult<Extension>[];
  if (clear !== null) await clearSchema(client, clear);
  return toHomes(results.at(-1)?.rows ?? []);
}

async function execute(client: pg.Client, run: Run): Promise<string[]> {
  const adapter = createMigrationAdapter(client, run.names.schema, run.scripts);
  try {
    const { appliedMigrationNames } = await withSchemaEngine(adapter.factory, (engine) =>
      engine.applyMigrations({ migrationsList: toMigrationList(run.migrations), filters: noFilter }),
    );
    await adapter.finish();
    await client.query(sealSql(run.names));
    return appliedMigrationNames;
  } catch (error) {
    throw migrationFailed(run.module, adapter.firstError(), error);
  } finally {
    adapter.close();
  }
}

function refuseProblems(module: string, scripts: Script[]): void {
  const problems = scripts.flatMap((script) => script.problems);
  const first = problems[0];
  if (!first) return;
  throw new GraftError(
    "MIGRATION_REFUSED",
    `${module}, migration ${first.migration}, line ${first.line}: ${first.reason}.`,
    {
      hint: "The module's author has to change the migration; nothing was run.",
      details: { module, ...first, problems },
    },
  );
}
