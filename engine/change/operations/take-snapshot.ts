import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ModuleDatabase } from "../../module-data/index.ts";
import type { ModuleStore } from "../../supply/store/index.ts";
import type { KeptRow } from "../retained/kept-row.ts";
import type { JournalChange, JournalRemoval } from "./journal.ts";

export interface SnapshotDeps {
  database: ModuleDatabase;
  store: ModuleStore;
  dataDir: string;
}

/** The data of a module as the version that is about to be left has it. The file is whole or not there. */
export async function takeSnapshot(deps: SnapshotDeps, change: JournalChange): Promise<KeptRow | null> {
  const { module, from, snapshot: file, snapshotReason: reason } = change;
  const digest = from ?? change.kept?.digest;
  if (digest === undefined || file === null) return null;
  const version = change.kept?.version ?? (await deps.store.getModule(digest)).manifest.version;
  return writeSnapshot(deps, { module, version, digest, file }, reason);
}

/** Of a module whose tables are about to go: undoing its removal brings them back. */
export async function takeLastSnapshot(deps: SnapshotDeps, removal: JournalRemoval): Promise<KeptRow | null> {
  const { module, version, digest, snapshot, snapshotReason: reason } = removal;
  return snapshot ? writeSnapshot(deps, { module, version, digest, file: snapshot }, reason) : null;
}

async function writeSnapshot(
  deps: SnapshotDeps,
  { module, version, digest, file }: Pick<KeptRow, "module" | "version" | "digest"> & { file: string },
  reason: string | undefined,
): Promise<KeptRow> {
  const path = join(deps.dataDir, file);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const { bytes, rows, tables } = await deps.database.snapshot({ module, version, digest, file: path });
  return { module, version, digest, kind: "snapshot", file, bytes, tables, rows, ...(reason && { reason }) };
}
