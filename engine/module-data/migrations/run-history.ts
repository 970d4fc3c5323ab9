import type pg from "pg";
import { GraftError, isGraftError } from "../../core/index.ts";
import type { ModuleServer } from "../connections/module-server.ts";
import type { Naming } from "../connections/names.ts";
import type { OwnerConnections, SessionOptions } from "../connections/owner-connections.ts";
import { sealSql } from "../connections/seal.ts";
import type { ServerFacts } from "../connections/server-facts.ts";
import { createListed, placeUntrusted } from "../databases/extensions.ts";
import type { DataPlace, MigrationFile } from "../types.ts";
import { checkHistory, inOrder, readLedger } from "./history.ts";
import { createMigrationAdapter } from "./migration-adapter.ts";
import { migrationFailed } from "./migration-failed.ts";
import { noFilter, toMigrationList, withSchemaEngine } from "./schema-engine.ts";
import { judgeScripts } from "./sql/judge-scripts.ts";
import type { Script } from "./sql/script.ts";

export interface HistoryDeps {
  server: ModuleServer;
  naming: Naming;
  owners: OwnerConnections;
  facts(): Promise<ServerFacts>;
}

export interface HistoryInput {
  place: DataPlace;
  migrations: MigrationFile[];
  extensions: readonly string[];
}

/** Pending migrations of a module's database, read and judged. */
export interface ReadHistory {
  migrations: MigrationFile[];
  pending: Script[];
}

/**
 * The history as `prisma migrate deploy` runs it: file by file, each as its author wrote it. In a database that nothing names yet:
 * a failure leaves it half made, and whoever made it drops it. On the disk when this resolves.
 * @returns the names applied now
 */
export async function runHistory(
  deps: HistoryDeps,
  input: HistoryInput,
  session: SessionOptions = {},
): Promise<string[]> {
  const { module } = input.place;
  const client = await deps.owners.open(input.place, { ...session, unflushed: true });
  try {
    const history = await readHistory(deps, client, input);
    await createListed(client, input.extensions, history.migrations);
    await placeUntrusted(deps, session.in ?? deps.naming.database(input.place), {
      owner: deps.naming.roles(module).ownerRole,
      scripts: history.pending,
    });
    const applied = await apply(client, module, { ...history, oneTransaction: false });
    // The last commit is waited for, and what came before it is on the disk with it.
    await client.query(
      `BEGIN; SET LOCAL synchronous_commit = on; ${sealSql(deps.naming.roles(module))}; COMMIT`,
    );
    return applied;
  } catch (error) {
    throw isGraftError(error) ? error : migrationFailed(module, null, error);
  } finally {
    await client.end().catch(() => {});
  }
}

/** @throws MIGRATION_HISTORY_DIVERGED, MIGRATION_REFUSED */
export async function readHistory(
  { facts }: HistoryDeps,
  client: pg.Client,
  { place, migrations, extensions }: HistoryInput,
): Promise<ReadHistory> {
  const all = inOrder(migrations);
  const ledger = await readLedger(client);
  checkHistory(place.module, all, ledger);
  const done = new Set(ledger.map((row) => row.name));
  const { forbiddenParameters, trusted } = await facts();
  const pending = await judgeScripts(
    all.filter((file) => !done.has(file.name)),
    { extensions, trusted, forbiddenParameters },
  );
  refuseProblems(place.module, pending);
  return { migrations: all, pending };
}

/** @throws MIGRATION_FAILED with the place in the author's file */
export async function apply(
  client: pg.Client,
  module: string,
  { migrations, pending, oneTransaction }: ReadHistory & { oneTransaction: boolean },
): Promise<string[]> {
  const adapter = createMigrationAdapter(client, { schema: "public", scripts: pending, oneTransaction });
  try {
    const { appliedMigrationNames } = await withSchemaEngine(adapter.factory, (engine) =>
      engine.applyMigrations({ migrationsList: toMigrationList(migrations), filters: noFilter }),
    );
    await adapter.finish();
    return appliedMigrationNames;
  } catch (error) {
    throw migrationFailed(module, adapter.firstError(), error);
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
