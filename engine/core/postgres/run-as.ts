import { type Account, assertReachable, closedFolder } from "./account.ts";

/**
 * How a program of PostgreSQL is started on the data in `dir` as `account`; `dataPath` is what it gets to know `dir` by.
 *
 * A data folder in /root (mode 0700) is beyond the account by name, not by itself: the child enters it while it is
 * still root (libuv changes the folder before the account), and `/proc/self/cwd` leads PostgreSQL and all of its
 * processes back there without walking through /root. So the data stays in the folder of the host, whose mode stays as it is.
 * @throws EMBEDDED_POSTGRES_FAILED where there is no /proc
 */
export function runAs(account: Account | null, dir: string) {
  if (!account) return { dataPath: dir };
  // Nothing of the host's; Next's types want NODE_ENV in every environment.
  const env: NodeJS.ProcessEnv = { PATH: "/usr/bin:/bin", LC_ALL: "C", NODE_ENV: "production" };
  const as = { cwd: dir, uid: account.uid, gid: account.gid, env };
  if (process.platform === "linux" && closedFolder(dir, account))
    return { dataPath: "/proc/self/cwd", ...as };
  assertReachable(dir, account);
  return { dataPath: dir, ...as };
}
