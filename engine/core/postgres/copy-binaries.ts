import { createHash } from "node:crypto";
import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { type Account, assertReachable } from "./account.ts";

/** Not within any data folder: it belongs to all checkouts of a machine, and can be made again at any time. */
const sharedDir = "/var/lib/graft-postgres";
const unusedMs = 7 * 24 * 3600 * 1000;

/**
 * A copy of `native` (60 MB) that `account` may run, for a checkout in a folder that it may not enter. One copy for
 * each version; all is owned by root, so that nobody else can change what the account will run. Copies that no process runs
 * from and no start asked for in a week go.
 * @throws EMBEDDED_POSTGRES_FAILED when `shared` itself lies where the account may not enter
 */
export function copyBinaries(native: string, account: Account, shared = sharedDir): string {
  const { version } = JSON.parse(readFileSync(join(dirname(native), "package.json"), "utf8")) as {
    version: string;
  };
  if (!existsSync(shared)) {
    mkdirSync(shared, { recursive: true });
    chmodSync(shared, 0o755);
  }
  const digest = listing(native);
  const copy = join(shared, `${version}-${digest.slice(0, 12)}`);
  // A power cut can leave a file shorter than it was written.
  if (!existsSync(copy) || listing(copy) !== digest) replace(native, copy);
  assertReachable(join(copy, "bin"), account);
  const now = new Date();
  utimesSync(copy, now, now);
  removeUnused(shared);
  return copy;
}

/** What lies in a folder: names, sizes, targets of links. Modes and times differ between a package and its copy. */
function listing(dir: string): string {
  const hash = createHash("sha256");
  for (const path of readdirSync(dir, { recursive: true, encoding: "utf8" }).sort()) {
    const stat = lstatSync(join(dir, path));
    const what = stat.isSymbolicLink() ? readlinkSync(join(dir, path)) : stat.isFile() ? stat.size : "/";
    hash.update(`${path}\0${what}\n`);
  }
  return hash.digest("hex");
}

function replace(native: string, copy: string): void {
  const fresh = mkdtempSync(`${copy}.`);
  copyTree(native, fresh);
  rmSync(copy, { recursive: true, force: true });
  try {
    renameSync(fresh, copy);
  } catch (error) {
    rmSync(fresh, { recursive: true });
    // Another start was faster.
    if (!["ENOTEMPTY", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}

/** Modes are set, not copied: a strict umask of whoever ran npm would make the copy as closed as the original. */
function copyTree(from: string, to: string): void {
  chmodSync(to, 0o755);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else if (entry.isDirectory()) {
      mkdirSync(target);
      copyTree(source, target);
    } else {
      copyFileSync(source, target, constants.COPYFILE_FICLONE);
      chmodSync(target, statSync(source).mode & 0o100 ? 0o755 : 0o644);
    }
  }
}

function removeUnused(shared: string): void {
  const old = readdirSync(shared).filter(
    (name) => Date.now() - statSync(join(shared, name)).mtimeMs > unusedMs,
  );
  if (old.length === 0) return;
  const running = runningPrograms();
  for (const name of old) {
    const dir = join(shared, name);
    if (!running.some((program) => program.startsWith(`${dir}/`)))
      rmSync(dir, { recursive: true, force: true });
  }
}

function runningPrograms(): string[] {
  return readdirSync("/proc").flatMap((pid) => {
    try {
      return /^\d+$/.test(pid) ? [readlinkSync(`/proc/${pid}/exe`)] : [];
    } catch {
      // Ended meanwhile, or a thread of the kernel's.
      return [];
    }
  });
}
