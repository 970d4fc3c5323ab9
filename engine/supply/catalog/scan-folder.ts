import type { Dirent, Stats } from "node:fs";
import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { isInsideModule } from "../../../sdk/manifest/index.ts";
import { GraftError } from "../../core/index.ts";

const filesMax = 5_000;
const bytesMax = 256 * 1024 * 1024;

export interface FolderScan {
  /** Paths relative to the folder, sorted. */
  paths: string[];
  /** Changes whenever a file is added, removed, replaced or written; equal signatures mean equal content. */
  signature: string;
}

/** Dependencies, hidden files and tests are an author's, not the module's. */
function isIgnored(name: string): boolean {
  return name.startsWith(".") || name === "node_modules" || /\.test\.[cm]?[jt]sx?$/.test(name);
}

/**
 * Lists the files of a module folder by their metadata alone.
 * @throws INVALID_INPUT naming a link, a device, a path no module may hold, or a folder too large
 */
export async function scanFolder(dir: string): Promise<FolderScan> {
  if (!(await lstat(dir)).isDirectory())
    throw refuse(dir, "is not a folder (links are not followed)", "Put the folder itself in its place.");
  const files: { path: string; info: Stats }[] = [];
  await walk(dir, "", files);
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  const bytes = files.reduce((sum, { info }) => sum + info.size, 0);
  if (bytes > bytesMax)
    throw refuse(
      ".",
      `the module has more than ${bytesMax / 1024 / 1024} MB of files`,
      "Leave out what it does not need.",
    );
  return {
    paths: files.map(({ path }) => path),
    signature: files
      .map(({ path, info }) => `${path}\0${info.size}\0${info.mtimeMs}\0${info.ctimeMs}\0${info.ino}`)
      .join("\n"),
  };
}

async function walk(root: string, below: string, files: { path: string; info: Stats }[]): Promise<void> {
  for (const entry of await readdir(join(root, below), { withFileTypes: true })) {
    if (isIgnored(entry.name)) continue;
    const path = below ? `${below}/${entry.name}` : entry.name;
    if (!isInsideModule(path)) throw refuse(path, "this name cannot be part of a module", "Rename it.");
    if (entry.isDirectory()) await walk(root, path, files);
    else if (entry.isFile()) files.push({ path, info: await lstat(join(root, path)) });
    else throw refuse(path, `is ${kindOf(entry)}, not a file`, "Put a copy of the file in its place.");
    if (files.length > filesMax)
      throw refuse(".", `the module has more than ${filesMax} files`, "Bundle them.");
  }
}

function kindOf(entry: Dirent): string {
  if (entry.isSymbolicLink()) return "a link";
  return entry.isSocket() ? "a socket" : "a device or pipe";
}

function refuse(path: string, what: string, hint: string): GraftError {
  return new GraftError("INVALID_INPUT", `${path}: ${what}.`, { hint, details: { path } });
}
