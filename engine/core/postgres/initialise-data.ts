import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, closeSync, mkdirSync, openSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { GraftError } from "../errors.ts";
import type { Account } from "./account.ts";
import { runnableBinaries } from "./binaries.ts";
import { runAs } from "./run-as.ts";

/**
 * Makes an empty database in `dir` (mode 0700, owned by the account it runs as), its password in `passwordFile`.
 * @throws EMBEDDED_POSTGRES_FAILED with what initdb said; nothing is left in `dir` then
 */
export async function initialiseData(
  dir: string,
  passwordFile: string,
  account: Account | null,
): Promise<void> {
  const { initdb } = await runnableBinaries(account);
  mkdirSync(dirname(dir), { recursive: true, mode: 0o700 });
  // Without PG_VERSION whatever lies here is an initdb that was killed.
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { mode: 0o700 });
  writeFileSync(passwordFile, randomBytes(24).toString("base64url"), { mode: 0o600 });
  for (const path of account ? [dir, passwordFile] : [])
    chownSync(path, account?.uid ?? 0, account?.gid ?? 0);
  const { dataPath, ...as } = runAs(account, dir);
  // Handed over open: the account may own the file and still not be allowed into the folder that it lies in.
  const password = openSync(passwordFile, "r");
  const args = ["-D", dataPath, "-U", "graft", "-A", "scram-sha-256", "--pwfile=/dev/stdin", "-E", "UTF8"];
  // The same sort order and case rules on every machine, whatever locales it has.
  args.push("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8");
  const child = spawn(initdb, args, { stdio: [password, "ignore", "pipe"], ...as });
  let stderr = "";
  child.stderr?.on("data", (chunk) => {
    stderr += chunk;
  });
  const code = await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
  closeSync(password);
  if (code === 0) return;
  rmSync(dir, { recursive: true, force: true });
  throw new GraftError("EMBEDDED_POSTGRES_FAILED", `initdb ended with ${code}: ${stderr.trim()}`, {
    hint: "Set DATABASE_URL to use a PostgreSQL server of yours.",
  });
}
