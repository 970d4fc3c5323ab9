import type pg from "pg";
import type { HostDb, Log } from "../core/index.ts";
import { checkServer } from "./connections/check-server.ts";
import { explainConnectionError } from "./connections/connection-errors.ts";
import { type LockRetries, lockRetries } from "./connections/lock-retries.ts";
import { loginUrl } from "./connections/login-url.ts";
import { createNaming, type Naming } from "./connections/names.ts";
import { createOwnerConnections } from "./connections/owner-connections.ts";
import { runtimePassword } from "./connections/passwords.ts";
import { buildIndexes } from "./migrations/build-indexes.ts";
import { readLedger } from "./migrations/history.ts";
import { migrate } from "./migrations/migrate.ts";
import { preview } from "./migrations/preview.ts";
import { loadSchemaEngine } from "./migrations/schema-engine.ts";
import { loadParser } from "./migrations/sql/parse.ts";
import { createWayBackFinder, trialPrefix } from "./reversal/find-reverse-migration.ts";
import { runReverseMigration } from "./reversal/run-reverse-migration.ts";
import { describeModules } from "./schemas/describe-modules.ts";
import { drop } from "./schemas/drop.ts";
import { inspectSchema } from "./schemas/inspect.ts";
import { prepare } from "./schemas/prepare.ts";
import { checkSnapshot } from "./snapshots/check-snapshot.ts";
import { exportSchema } from "./snapshots/export-data.ts";
import { restore } from "./snapshots/restore.ts";
import { writeSnapshot } from "./snapshots/write-snapshot.ts";
import type { MigrationFile, ModuleDatabase } from "./types.ts";

export interface ModuleDatabaseDeps {
  db: HostDb;
  /** Shared by all hosts of one database: the runtime roles' passwords derive from it. */
  secret: Buffer;
  log: Log;
  /** How migrations wait for tables that are in use. */
  locks?: LockRetries;
}

/** Opens nothing and queries nothing until asked. */
export function createModuleDatabase({
  db,
  secret,
  log,
  locks = lockRetries,
}: ModuleDatabaseDeps): ModuleDatabase {
  const naming = createNaming(db.url);
  const owners = createOwnerConnections(db, naming);
  const schemaOf = (module: string) => naming.names(module).schema;
  const step = async <T>(name: string, module: string | null, work: () => Promise<T>): Promise<T> => {
    const from = performance.now();
    try {
      return await work();
    } catch (error) {
      throw explainConnectionError(error);
    } finally {
      log.debug({ module, ms: Math.round(performance.now() - from) }, `database: ${name}`);
    }
  };
  const asOwner = <T>(
    name: string,
    module: string,
    work: (client: pg.Client, schema: string) => Promise<T>,
  ) => step(name, module, () => owners.use(module, (client) => work(client, schemaOf(module))));
  const reset = async (module: string, extensions: string[]) => {
    await drop(db, naming, module);
    await prepare(db, naming, secret, { module, extensions });
  };
  const findReverseMigration = createWayBackFinder({
    naming,
    owners,
    async build(module: string, migrations: MigrationFile[], extensions: string[]) {
      await prepare(db, naming, secret, { module, extensions });
      await (await migrate({ naming, owners, reset, db, log, locks }, { module, migrations })).commit();
    },
    drop: (module) => drop(db, naming, module),
    listTrials: async () => (await allModules(db, naming)).filter((module) => module.startsWith(trialPrefix)),
  });
  const exists = (module: string) => step("exists", module, () => schemaExists(db, schemaOf(module)));
  return {
    names: naming.names,
    preview: (input) => step("preview", input.module, () => preview({ db, naming, owners }, input)),
    prepare: (input) => step("prepare", input.module, () => prepare(db, naming, secret, input)),
    migrate: (input) =>
      step("migrate", input.module, () => migrate({ naming, owners, reset, db, log, locks }, input)),
    buildIndexes: (input) =>
      step("build indexes", input.module, () => buildIndexes(owners, schemaOf(input.module), input)),
    drop: (module) => step("drop", module, () => drop(db, naming, module)),
    exists,
    async appliedMigrations(module) {
      if (!(await exists(module))) return [];
      const ledger = await asOwner("ledger", module, readLedger);
      return ledger.map((row) => row.name);
    },
    inspect: (module) => asOwner("inspect", module, inspectSchema),
    exportData: (input) =>
      asOwner("export", input.module, (client, schema) => exportSchema(client, schema, input)),
    snapshot: (input) =>
      asOwner("snapshot", input.module, (client, schema) =>
        writeSnapshot(client, { ...input, schema, roles: naming.names(input.module) }),
      ),
    checkSnapshot,
    restore: (input) => step("restore", input.module, () => restore(naming, owners, input)),
    findReverseMigration: (input) =>
      step("find the reverse migration", input.module, () => findReverseMigration(input)),
    runReverseMigration: (input) =>
      step("go back", input.module, () => runReverseMigration({ naming, owners, db, log, locks }, input)),
    async runtimeUrl(module) {
      const { runtimeRole } = naming.names(module);
      return loginUrl(db.url, runtimeRole, runtimePassword(secret, runtimeRole));
    },
    listModules: () => step("list", null, async () => (await allModules(db, naming)).filter(isNoTrial)),
    describeModules: () =>
      step("describe", null, async () =>
        (await describeModules(db, naming)).filter(({ module }) => isNoTrial(module)),
      ),
    checkServer: () => checkServer(db),
    async warm() {
      await Promise.all([loadParser(), loadSchemaEngine()]);
    },
    async close() {},
  };
}

async function schemaExists(db: HostDb, schema: string): Promise<boolean> {
  const { rows } = await db.pool.query("SELECT FROM pg_namespace WHERE nspname = $1", [schema]);
  return rows.length > 0;
}

const isNoTrial = (module: string) => !module.startsWith(trialPrefix);

/** Schemas that belong to the owner role of the module they are named after; not some other program's `m_…`. */
async function allModules(db: HostDb, naming: Naming): Promise<string[]> {
  const { rows } = await db.pool.query<{ schema: string; owner: string }>(
    `SELECT nspname::text AS schema, pg_get_userbyid(nspowner)::text AS owner
     FROM pg_namespace WHERE nspname LIKE 'm\\_%' ORDER BY nspname`,
  );
  return rows.flatMap(({ schema, owner }) => {
    const module = naming.moduleOf(schema);
    return module !== null && naming.names(module).ownerRole === owner ? [module] : [];
  });
}
