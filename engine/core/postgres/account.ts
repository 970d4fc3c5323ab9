import { readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { GraftError } from "../errors.ts";

export interface Account {
  uid: number;
  gid: number;
  name: string;
}

/**
 * PostgreSQL refuses to run as root. Started as root (a container, a small server), it runs as `postgres`
 * where that account exists, else as `nobody`; otherwise as the user who started Graft.
 */
export function postgresAccount(): Account | null {
  if (process.getuid?.() !== 0) return null;
  const lines = readFileSync("/etc/passwd", "utf8").split("\n");
  for (const name of ["postgres", "nobody"]) {
    const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(":") ?? [];
    if (uid && gid) return { uid: Number(uid), gid: Number(gid), name };
  }
  throw new GraftError(
    "EMBEDDED_POSTGRES_FAILED",
    "PostgreSQL cannot run as root, and this system has no account `postgres` or `nobody`.",
    {
      hint: "Start Graft as an ordinary user, or set DATABASE_URL to a PostgreSQL server of yours.",
    },
  );
}

/** The outermost folder on the way to `path` that `account` may not enter; null: it gets there. */
export function closedFolder(path: string, account: Account): string | null {
  let closed: string | null = null;
  for (let dir = resolve(path); ; dir = dirname(dir)) {
    const stat = statSync(dir, { throwIfNoEntry: false });
    if (stat) {
      const bit = stat.uid === account.uid ? 0o100 : stat.gid === account.gid ? 0o010 : 0o001;
      if (!(stat.mode & bit)) closed = dir;
    }
    if (dirname(dir) === dir) return closed;
  }
}

/** @throws EMBEDDED_POSTGRES_FAILED naming the folder that `account` may not enter. */
export function assertReachable(path: string, account: Account): void {
  const dir = closedFolder(path, account);
  if (!dir) return;
  throw new GraftError(
    "EMBEDDED_POSTGRES_FAILED",
    `Graft runs as root, so its PostgreSQL runs as ${account.name}, which may not enter ${dir}.`,
    {
      hint: `Run \`chmod o+x ${dir}\`, start Graft as an ordinary user, or set DATABASE_URL.`,
      details: { dir },
    },
  );
}
