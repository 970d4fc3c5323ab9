import { createHash, randomBytes } from "node:crypto";
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { GraftError, isAlive } from "../../core/index.ts";

export interface DataDir {
  path: string;
  /** 32 bytes from GRAFT_SECRET or `secret`. */
  secret: Buffer;
  unlock(): void;
}

/** EEXIST: a file has that name. ENOENT: its parent is no place for folders, as /proc. */
const notWritable = new Set(["EACCES", "EROFS", "EPERM", "ENOTDIR", "ENOSPC", "EEXIST", "ENOENT"]);

/**
 * Makes the data directory, takes it for this process alone, and reads or makes the secret.
 * @throws DATA_DIR_NOT_WRITABLE, DATA_DIR_IN_USE
 */
export function openDataDir(path: string, secret: string | undefined): DataDir {
  return withPath(path, () => {
    const unlock = takeDataDir(path);
    return { path, secret: readSecret(join(path, "secret"), secret), unlock };
  });
}

/**
 * As {@link openDataDir}, without a secret. @returns how to unlock it
 * @throws DATA_DIR_NOT_WRITABLE, DATA_DIR_IN_USE
 */
export function lockDataDir(path: string): () => void {
  return withPath(path, () => takeDataDir(path));
}

function takeDataDir(path: string): () => void {
  makeFolder(path);
  // As root, PostgreSQL runs as another account that must pass through; each file inside has its own mode.
  if (process.getuid?.() === 0) chmodSync(path, 0o711);
  return lock(join(path, "host.lock"), path);
}

function withPath<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    const { code = "" } = cause as NodeJS.ErrnoException;
    if (!notWritable.has(code)) throw cause;
    throw new GraftError(
      "DATA_DIR_NOT_WRITABLE",
      `Graft cannot write to its data directory ${path} (${code}).`,
      {
        hint: "Give the user who runs Graft the right to write there, or set GRAFT_DATA_DIR to another folder.",
        cause,
      },
    );
  }
}

/** What GRAFT_SECRET stands for. */
export function givenSecret(given: string): Buffer {
  return createHash("sha256").update(given).digest();
}

/** One level after the other: Node's recursive mkdir never returns below /proc. */
function makeFolder(path: string): void {
  if (existsSync(path) && statSync(path).isDirectory()) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}

function readSecret(file: string, given: string | undefined): Buffer {
  if (given !== undefined) return givenSecret(given);
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString("hex"), { mode: 0o600, flag: "wx" });
  return Buffer.from(readFileSync(file, "utf8").trim(), "hex");
}

/** Holds the process id and, where /proc tells, its start time: a number used again is not the same process. */
function lock(file: string, dir: string): () => void {
  const mine = `${process.pid} ${startTime(process.pid)}`;
  for (;;) {
    try {
      const fd = openSync(file, "wx", 0o600);
      writeSync(fd, mine);
      closeSync(fd);
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const [pid = "0", started = ""] = readFileSync(file, "utf8").split(" ");
      if (isAlive(Number(pid)) && startTime(Number(pid)) === started) {
        throw new GraftError("DATA_DIR_IN_USE", `Graft is running already on ${dir} (process ${pid}).`, {
          hint: "Stop it first, or set GRAFT_DATA_DIR and PORT for a second one.",
          details: { pid: Number(pid) },
        });
      }
      rmSync(file, { force: true });
    }
  }
}

/** Field 22 of /proc/<pid>/stat, in clock ticks since boot (proc(5)); empty where there is no /proc. */
function startTime(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}
