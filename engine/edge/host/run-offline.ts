import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { assertSignedBy, signingFingerprint, withPlainBackup } from "../../change/backup/index.ts";
import { isGraftError, loadSettings } from "../../core/index.ts";
import { proveOffline } from "./prove-offline.ts";
import { restoreHost } from "./restore-host.ts";
import { verifyBackup } from "./verify-backup.ts";

/**
 * What needs the engine and no running host: `node run-offline.ts verify|prove|restore FILE`. `graft` starts this and shows
 * what it prints, one JSON value a line: `{ progress }`, then `{ manifest }` or `{ error }`.
 */
const rootDir = join(import.meta.dirname, "../../..");
const print = (value: unknown) => void process.stdout.write(`${JSON.stringify(value)}\n`);
/** Often enough to look alive, seldom enough not to be the work itself. */
const reportEveryMs = 100;

async function run(what: string | undefined, path: string | undefined): Promise<void> {
  if (path === undefined || (what !== "verify" && what !== "prove" && what !== "restore"))
    throw new Error("node run-offline.ts verify|prove|restore FILE");
  const file = resolve(path);
  const { version } = JSON.parse(readFileSync(join(rootDir, "package.json"), "utf8")) as { version: string };
  let reported = 0;
  let phase = "";
  const onProgress = (progress: { phase: string }) => {
    const now = performance.now();
    if (progress.phase === phase && now - reported < reportEveryMs) return;
    reported = now;
    phase = progress.phase;
    print({ progress });
  };
  const settings = { ...loadSettings(process.env), logLevel: "silent" };
  const manifest = await withPlainBackup(file, settings.backup, async (plain) => {
    const options = { version, rootDir, file: plain, onProgress };
    if (what === "restore") return restoreHost({ ...options, settings });
    const verified = await (what === "prove"
      ? proveOffline({ ...options, settings })
      : verifyBackup(options));
    assertSignedBy(file, verified.signedBy, settings.backup.key);
    // Whose it is, as far as this data directory can tell.
    return { ...verified, isOwn: verified.signedBy === signingFingerprint(settings.dataDir) };
  });
  print({ manifest });
}

run(process.argv[2], process.argv[3]).then(
  () => process.exit(0),
  (error: unknown) => {
    const { code, message, hint, details } = error as Partial<Record<"code" | "message" | "hint", string>> & {
      details?: unknown;
    };
    if (isGraftError(error)) print({ error: { code, message, hint, details } });
    else print({ error: { code: "INTERNAL", message: String(message ?? error) } });
    process.exit(1);
  },
);
