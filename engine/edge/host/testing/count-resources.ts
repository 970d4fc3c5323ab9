import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type pg from "pg";

/** What a host holds in PostgreSQL, on disk and of the operating system; every number is counted, none is timed. */
export interface Resources {
  schemas: string[];
  roles: string[];
  /** Sessions in this database, by who they say they are. */
  connections: Record<string, number>;
  files: string[];
  /** Children of this process and theirs, by command line. */
  children: string[];
  /** Open file descriptors of this process, by kind. */
  descriptors: Record<string, number>;
  /** Handles that keep an event loop busy: timers, sockets, processes. */
  handles: Record<string, number>;
}

/** Linux alone: the operating system's part is read from /proc. */
export async function countResources(
  pool: pg.Pool,
  options: { roleNames: string; dirs: string[] },
): Promise<Resources> {
  const column = async (sql: string, values: unknown[] = []) =>
    (await pool.query<{ name: string }>(sql, values)).rows.map((row) => row.name);
  return {
    schemas: await column(
      "SELECT nspname::text AS name FROM pg_namespace WHERE nspname LIKE 'm\\_%' ORDER BY 1",
    ),
    roles: await column("SELECT rolname::text AS name FROM pg_roles WHERE rolname LIKE $1 ORDER BY 1", [
      options.roleNames,
    ]),
    connections: tally(
      await column(
        `SELECT regexp_replace(coalesce(application_name, ''), ':.*', '') AS name FROM pg_stat_activity
         WHERE datname = current_database()`,
      ),
    ),
    files: options.dirs.flatMap((dir) =>
      readdirSync(dir, { recursive: true, withFileTypes: true })
        .filter((entry) => !entry.isDirectory())
        .map((entry) => join(entry.parentPath, entry.name)),
    ),
    children: descendantsOf(process.pid),
    descriptors: tally(descriptors()),
    handles: tally(process.getActiveResourcesInfo()),
  };
}

function tally(names: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names.sort()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** Command lines of the living descendants; one that has ended and was not waited for counts as `(defunct)`. */
export function descendantsOf(ancestor: number): string[] {
  const parents = new Map<number, number>();
  const lines = new Map<number, string>();
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const [state, ppid] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      const line = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
      parents.set(Number(pid), Number(ppid));
      lines.set(Number(pid), state === "Z" ? "(defunct)" : line);
    } catch {
      // It ended between the listing and the look.
    }
  }
  const descends = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent !== undefined && (parent === ancestor || descends(parent));
  };
  return [...lines].flatMap(([pid, line]) => (descends(pid) ? line : [])).sort();
}

function descriptors(): string[] {
  return readdirSync("/proc/self/fd").flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`).replace(/:?\[.*\]$/, "")];
    } catch {
      // The descriptor of the listing itself.
      return [];
    }
  });
}

/** Bytes that live on after a full collection, and what the operating system has given. */
export function measureMemory(): { heapMb: number; outsideMb: number; rssMb: number } {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  for (let round = 0; round < 3; round++) collect();
  const { heapUsed, external, rss } = process.memoryUsage();
  const mb = (bytes: number) => Math.round((bytes / 2 ** 20) * 10) / 10;
  return { heapMb: mb(heapUsed), outsideMb: mb(external), rssMb: mb(rss) };
}
