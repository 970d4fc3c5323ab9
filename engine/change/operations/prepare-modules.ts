import { mkdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ModuleDatabase, OpenMigration } from "../../module-data/index.ts";
import type { ModuleStore } from "../../supply/store/index.ts";
import { loadMigrations } from "../plan/index.ts";
import type { KeptRow } from "../retained/kept-row.ts";
import type { JournalChange, JournalRemoval, OperationJournal } from "./journal.ts";
import type { OperationLog } from "./operation-log.ts";
import { takeSnapshot } from "./take-snapshot.ts";

export interface PrepareDeps {
  store: ModuleStore;
  database: ModuleDatabase;
  dataDir: string;
  /** Requests to a module wait, until `release`. */
  hold(module: string): void;
  release(module: string): void;
}

/** Step 1 for every module that comes or changes; a throw leaves it to the caller to undo. @returns those with tables */
export async function prepareModules(
  deps: PrepareDeps,
  journal: OperationJournal,
  steps: OperationLog,
): Promise<JournalChange[]> {
  const withData: JournalChange[] = [];
  for (const change of journal.changes) {
    const { manifest } = await steps.step("fetch", change.module, () => fetchModule(deps, change));
    if (!manifest.database) continue;
    await steps.step("prepare", change.module, () =>
      prepareModule(deps, change, manifest.database?.extensions ?? []),
    );
    withData.push(change);
  }
  return withData;
}

/** Step 2 for these. On a throw nothing is left open. */
export async function changeModules(
  deps: PrepareDeps,
  changes: readonly JournalChange[],
  steps: OperationLog,
): Promise<Prepared> {
  const open: OpenChange[] = [];
  const kept: KeptRow[] = [];
  try {
    for (const change of changes) {
      if (change.snapshot !== null) {
        if (change.hold) deps.hold(change.module);
        const row = await steps.step("snapshot", change.module, () => takeSnapshot(deps, change));
        if (row) kept.push(row);
      }
      if (change.schema === "keep") continue;
      open.push(await steps.step(stepOf(change.schema), change.module, () => changeSchema(deps, change)));
    }
    return { open, kept };
  } catch (error) {
    await rollBack(open);
    throw error;
  }
}

/** Each of them, also when one cannot be: a transaction left open would keep its locks until the host ends. */
export async function rollBack(open: readonly OpenChange[]): Promise<void> {
  const ended = await Promise.allSettled(open.map((migration) => migration.rollback()));
  const failed = ended.find((result) => result.status === "rejected");
  if (failed) throw failed.reason;
}

/** SQL that leads back is run as a migration is. */
const stepOf = (schema: "migrate" | "restore" | "revert") => (schema === "revert" ? "migrate" : schema);

/** The data changed, not yet committed. */
type OpenChange = Pick<OpenMigration, "commit" | "rollback">;

export interface Prepared {
  open: OpenChange[];
  /** Snapshots taken on the way. */
  kept: KeptRow[];
}

/** @throws what `migrate` and `restore` throw; nothing is left open then */
export function changeSchema(deps: PrepareDeps, change: JournalChange): Promise<OpenChange> {
  if (change.way) return deps.database.runReverseMigration({ module: change.module, way: change.way });
  if (change.schema !== "restore" || change.restore === null) return migrateModule(deps, change);
  return deps.database.restore({ module: change.module, file: join(deps.dataDir, change.restore) });
}

async function fetchModule(deps: PrepareDeps, change: JournalChange) {
  await deps.store.verifyModule(change.digest);
  return deps.store.getModule(change.digest);
}

export async function prepareModule(
  deps: PrepareDeps,
  change: JournalChange,
  extensions: string[],
): Promise<void> {
  await deps.database.prepare({ module: change.module, extensions });
}

async function migrateModule(deps: PrepareDeps, change: JournalChange): Promise<OpenMigration> {
  const stored = await deps.store.getModule(change.digest);
  const schemaPath = stored.manifest.database?.schema;
  const schema =
    schemaPath && stored.files[schemaPath]
      ? (await deps.store.readFile(change.digest, schemaPath)).toString("utf8")
      : undefined;
  const migrations = await loadMigrations(deps.store, stored);
  return deps.database.migrate({
    module: change.module,
    migrations,
    // With the migrations, not before them: an install that fails has deleted nothing.
    clear: change.data === "fresh",
    ...(schema === undefined ? {} : { schema }),
  });
}

/** What becomes of the data of a module that goes; an export is complete on disk before anything is decided. */
export async function keepData(deps: PrepareDeps, removal: JournalRemoval): Promise<KeptRow | null> {
  const { module, version, digest, file } = removal;
  const { manifest } = await deps.store.getModule(digest);
  if (!manifest.database || removal.data === "delete") return null;
  if (removal.data === "keep" || file === null) {
    const { tables, rows, bytes } = await deps.database.inspect(module);
    return { module, version, digest, kind: "kept", file: null, bytes, tables: tables.length, rows };
  }
  const path = join(deps.dataDir, file);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const { rows, tables } = await deps.database.exportData({ module, version, file: `${path}.part` });
  await rename(`${path}.part`, path);
  return { module, version, digest, kind: "exported", file, bytes: (await stat(path)).size, tables, rows };
}

/** Removes what an operation that changed nothing had made: new schemas and roles, files of an export. */
export async function dropPrepared(deps: PrepareDeps, journal: OperationJournal): Promise<void> {
  for (const module of journal.created.toReversed()) await deps.database.drop(module);
  const files = [
    ...journal.removals.flatMap(({ file, snapshot = null }) => [file, snapshot]),
    ...journal.changes.map(({ snapshot }) => snapshot),
  ];
  for (const file of files) {
    if (file === null) continue;
    // Also what was being written when the process was killed.
    for (const suffix of ["", ".part", ".partial", ".part.partial"])
      await rm(join(deps.dataDir, `${file}${suffix}`), { force: true });
  }
}
