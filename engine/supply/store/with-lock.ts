import { randomUUID } from "node:crypto";
import { link, open, readFile, rename, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { GraftError } from "../../core/index.ts";

const waitMsMax = 30_000;
/** Locks of this process: in a container every start may have the process id that an abandoned lock names. */
const held = new Set<string>();

/**
 * Runs `task` while holding `path` as an exclusive lock file, against other processes as well. A lock whose process
 * on this machine is gone is taken over.
 * @throws CONFLICT when another process holds it for longer than 30 s
 */
export async function withLock<T>(path: string, task: () => Promise<T>): Promise<T> {
  const owner = `${process.pid} ${hostname()} ${randomUUID()}`;
  held.add(owner);
  try {
    await acquire(path, owner);
    try {
      return await task();
    } finally {
      await rm(path, { force: true });
    }
  } finally {
    held.delete(owner);
  }
}

async function acquire(path: string, owner: string): Promise<void> {
  const deadline = performance.now() + waitMsMax;
  while (!(await create(path, owner))) {
    const holder = await readFile(path, "utf8").catch(() => "");
    if (isDead(holder)) await takeOver(path, holder);
    else if (performance.now() > deadline) {
      throw new GraftError("CONFLICT", `The module store is locked by process ${holder.split(" ")[0]}.`, {
        hint: `End that process, or remove ${path} if it runs on no machine.`,
        retryable: true,
        details: { path },
      });
    } else await delay(5 + Math.random() * 20);
  }
}

/** Links a complete file into place: a lock is never seen half written. */
async function create(path: string, owner: string): Promise<boolean> {
  const temporary = `${path}.${randomUUID()}`;
  const file = await open(temporary, "wx", 0o600);
  try {
    await file.writeFile(owner);
    await file.close();
    await link(temporary, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

function isDead(holder: string): boolean {
  const [pid, host] = holder.split(" ");
  if (host !== hostname()) return false;
  if (Number(pid) === process.pid) return !held.has(holder);
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

/** Two processes may see the same dead holder; whoever moved a living lock away by that puts it back. */
async function takeOver(path: string, dead: string): Promise<void> {
  const moved = `${path}.${randomUUID()}`;
  try {
    await rename(path, moved);
  } catch {
    return;
  }
  if ((await readFile(moved, "utf8")) !== dead) await link(moved, path).catch(() => {});
  await rm(moved, { force: true });
}
