import type pg from "pg";
import type { Log } from "../core/index.ts";
import { checkServer } from "./connections/check-server.ts";
import { explainConnectionError } from "./connections/connection-errors.ts";
import { endDeserted } from "./connections/end-deserted.ts";
import { type LockRetries, lockRetries } from "./connections/lock-retries.ts";
import { loginUrl } from "./connections/login-url.ts";
import type { ModuleServer } from "./connections/module-server.ts";
import { createNaming } from "./connections/names.ts";
import { createOwnerConnections } from "./connections/owner-connections.ts";
import { runtimePassword } from "./connections/passwords.ts";
import { pastLockers } from "./connections/past-lockers.ts";
import { createRelief } from "./connections/relieve-server.ts";
import { sealSql } from "./connections/seal.ts";
import { createServerFacts } from "./connections/server-facts.ts";
import { underPressure } from "./connections/under-pressure.ts";
import { copyDatabase } from "./databases/copy-database.ts";
import {
  closeDatabase,
  createDatabase,
  keepSpare,
  limitToReading,
  listUnowned,
  openDatabase,
} from "./databases/create-database.ts";
import { dropByName, dropDatabase } from "./databases/drop-database.ts";
import { createUntrusted, requireExtensions } from "./databases/extensions.ts";
import { inspectData } from "./databases/inspect.ts";
import { describeDatabases, listDatabases } from "./databases/list-databases.ts";
import { ensureRoles } from "./databases/roles.ts";
import { createSpares } from "./databases/spares.ts";
import { createTrials } from "./databases/trial-databases.ts";
import { createProofs } from "./host/proofs.ts";
import { readLedger } from "./migrations/history.ts";
import { migrateInPlace } from "./migrations/migrate-in-place.ts";
import { preview } from "./migrations/preview.ts";
import { runHistory } from "./migrations/run-history.ts";
import { loadSchemaEngine } from "./migrations/schema-engine.ts";
import { loadParser } from "./migrations/sql/parse.ts";
import { createWayBackFinder } from "./reversal/find-reverse-migration.ts";
import { runReverseMigration } from "./reversal/run-reverse-migration.ts";
import { checkSnapshot } from "./snapshots/check-snapshot.ts";
import { exportData } from "./snapshots/export-data.ts";
import { connectPointInTime } from "./snapshots/point-in-time.ts";
import { restore } from "./snapshots/restore.ts";
import type { DataPlace, ModuleDatabase } from "./types.ts";

export interface ModuleDatabaseDeps {
  server: ModuleServer;
  /** Shared by all hosts of one database: the runtime roles' passwords derive from it. */
  secret: Buffer;
  log: Log;
  /** How migrations wait for tables that are in use. */
  locks?: LockRetries;
}

/** Opens nothing and queries nothing until asked. */
export function createModuleDatabase(deps: ModuleDatabaseDeps): ModuleDatabase {
  const { server, secret, log, locks = lockRetries } = deps;
  const naming = createNaming(server.identity);
  const relief = createRelief(server, log);
  const owners = createOwnerConnections(server, naming, relief);
  const facts = createServerFacts(server);
  const shared = { server, naming, owners, facts, log, locks };
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
  /** Of what may be done twice. */
  const repeatable = <T>(name: string, module: string | null, work: () => Promise<T>) =>
    step(name, module, () => underPressure(relief, work));
  const asOwner = <T>(name: string, place: DataPlace, work: (client: pg.Client) => Promise<T>) =>
    repeatable(name, place.module, () => owners.use(place, work));
  const findReverseMigration = createWayBackFinder({
    ...{ owners, facts, trials: createTrials(shared) },
    seal: (module) => sealSql(naming.roles(module)),
  });
  const proofs = createProofs({ ...shared, secret });
  const spares = createSpares(() => step("keep a spare", null, () => keepSpare(server, naming)), log);
  const exists = (place: DataPlace) =>
    repeatable("exists", place.module, async () => {
      const { rows } = await server.pool.query("SELECT FROM pg_database WHERE datname = $1", [
        naming.database(place),
      ]);
      return rows.length > 0;
    });
  const addUntrusted = async (place: DataPlace, names: readonly string[], isEmpty: boolean) => {
    if (names.length > 0)
      await createUntrusted(server, await facts(), { database: naming.database(place), names, isEmpty });
  };
  return {
    roles: naming.roles,
    nameOf: naming.database,
    preview: (input) => repeatable("preview", input.place?.module ?? null, () => preview(shared, input)),
    exists,
    async appliedMigrations(place) {
      if (!(await exists(place))) return [];
      return (await asOwner("ledger", place, readLedger)).map((row) => row.name);
    },
    create: ({ place, extensions }) =>
      repeatable("create", place.module, async () => {
        if (extensions.length > 0) await requireExtensions(server, await facts(), extensions);
        await ensureRoles(server, naming.roles(place.module), secret);
        await createDatabase(server, naming, place);
        spares.refill();
        await addUntrusted(place, extensions, true);
      }),
    copy: ({ extensions, ...input }) =>
      repeatable("copy", input.module, async () => {
        await ensureRoles(server, naming.roles(input.module), secret);
        await copyDatabase(server, naming, input);
        await addUntrusted({ module: input.module, database: input.to }, extensions, false);
      }),
    admit: (place, { readOnly = false } = {}) =>
      repeatable("admit", place.module, async () => {
        await ensureRoles(server, naming.roles(place.module), secret);
        const [name, roles] = [naming.database(place), naming.roles(place.module)];
        await limitToReading(server, name, { roles, readOnly });
        await openDatabase(server, name, roles);
      }),
    retire: (place) =>
      repeatable("retire", place.module, async () => {
        if (!(await exists(place))) return;
        const [name, roles] = [naming.database(place), naming.roles(place.module)];
        await closeDatabase(server, name, roles);
        await limitToReading(server, name, { roles, readOnly: false });
      }),
    interrupt: (module) =>
      repeatable("interrupt", module, async () => {
        await server.pool.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1", [
          naming.roles(module).ownerRole,
        ]);
      }),
    runHistory: (input) =>
      step("run the history", input.place.module, async () => {
        // It commits as it goes, so it cannot be done twice.
        await relief.relieve().catch(() => {});
        return runHistory(shared, input);
      }),
    migrateInPlace: (input) => repeatable("migrate", input.place.module, () => migrateInPlace(shared, input)),
    drop: (place) => repeatable("drop", place.module, () => dropDatabase(server, naming, place)),
    inspect: (place, options) => asOwner("inspect", place, (client) => inspectData(client, options)),
    exportData: (input) =>
      asOwner("export", input.place, (client) =>
        pastLockers(
          { server, log, client, role: naming.roles(input.place.module).runtimeRole, lookMs: 1_000 },
          () => exportData(client, { module: input.place.module, version: input.version, file: input.file }),
        ),
      ),
    async snapshot({ place, ...input }) {
      const pointInTime = await step("connect", place.module, () => connectPointInTime(shared, place));
      try {
        return await step("snapshot", place.module, async () => {
          await pointInTime.open();
          return pointInTime.snapshot(input);
        });
      } finally {
        await pointInTime.close();
      }
    },
    connectPointInTime: (place) => step("connect", place.module, () => connectPointInTime(shared, place)),
    checkSnapshot,
    prove: (input) => step("prove", input.module, () => proofs.prove(input)),
    proveHost: (input) => step("prove the host's rows", null, () => proofs.proveHost(input)),
    clearProofs: () => step("clear proofs", null, proofs.clear),
    restore: (input) => step("restore", input.place.module, () => restore(shared, input)),
    findReverseMigration: (input) =>
      repeatable("find the reverse migration", input.place.module, () => findReverseMigration(input)),
    runReverseMigration: (input) =>
      repeatable("go back", input.place.module, () => runReverseMigration(shared, input)),
    async runtimeUrl(place) {
      const { runtimeRole: user } = naming.roles(place.module);
      const password = runtimePassword(secret, user);
      return loginUrl(server.url, { user, password, database: naming.database(place) });
    },
    list: () => repeatable("list", null, () => describeDatabases(server, naming)),
    keepSpare: spares.keep,
    dropAll: () =>
      step("drop all", null, async () => {
        for (const place of await listDatabases(server, naming)) await dropDatabase(server, naming, place);
        for (const kind of ["spare", "trial", "proof"] as const)
          for (const name of await listUnowned(server, naming, kind)) await dropByName(server, name);
      }),
    checkServer: () => checkServer(server),
    endDeserted: () => step("end deserted", null, () => endDeserted(server, log)),
    async warm() {
      await Promise.all([loadParser(), loadSchemaEngine()]);
    },
    watch: relief.watch,
    async close() {
      await spares.close();
      await relief.close();
    },
  };
}
