import type { Dirent } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";

export interface DataFile {
  /** Below the data directory, with slashes. */
  path: string;
  bytes: number;
}

/** What of a data directory belongs to this machine or this run, or travels in an entry of its own. */
const notCarried = new Set([
  "backup.key",
  "backups",
  "host.json",
  "host.json.tmp",
  "host.lock",
  "postgres",
  "postgres.log",
  "postgres.password",
  "postgres-modules",
  "postgres-modules.log",
  "postgres-modules.password",
  "restore.json",
  "restore.partial",
  "run",
  "secret",
  "store",
]);

/** Whatever else lies in the data directory: exports, snapshots. Nothing half written. */
export async function listDataFiles(dataDir: string): Promise<DataFile[]> {
  const files: DataFile[] = [];
  for (const entry of await readdir(dataDir, { withFileTypes: true }))
    if (!notCarried.has(entry.name)) files.push(...(await walk(dataDir, entry.name, entry)));
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

export interface StoreFiles {
  /** The layout's description and index, as they were before the blobs were listed: what they name is among those. */
  index: { path: string; content: Buffer }[];
  blobs: DataFile[];
}

export async function listStoreFiles(storeDir: string): Promise<StoreFiles> {
  const index: StoreFiles["index"] = [];
  for (const path of ["oci-layout", "index.json"]) {
    const content = await readFile(join(storeDir, path)).catch(() => null);
    if (content) index.push({ path, content });
  }
  const files: DataFile[] = [];
  const blobs = "blobs/sha256";
  const names = await readdir(join(storeDir, blobs)).catch(() => []);
  for (const name of names.filter((found) => /^[0-9a-f]{64}$/.test(found)).sort()) {
    const found = await stat(join(storeDir, blobs, name)).catch(() => null);
    if (found) files.push({ path: `${blobs}/${name}`, bytes: found.size });
  }
  return { index, blobs: files };
}

async function walk(dataDir: string, path: string, entry: Dirent): Promise<DataFile[]> {
  if (entry.isDirectory()) {
    const inside = await readdir(join(dataDir, path), { withFileTypes: true });
    return (await Promise.all(inside.map((child) => walk(dataDir, `${path}/${child.name}`, child)))).flat();
  }
  if (!entry.isFile() || /\.(partial|part|tmp)$/.test(entry.name)) return [];
  const found = await stat(join(dataDir, path)).catch(() => null);
  return found ? [{ path, bytes: found.size }] : [];
}
