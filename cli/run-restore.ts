import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import type { BackupProof, RestoreProgress } from "../contract/backup.ts";
import { apiError } from "./cli-error.ts";
import type { CommandContext } from "./context.ts";

/** What a backup says of itself. */
export interface BackupManifest {
  version: string;
  createdAt: string;
  generation: number;
  postgres: number;
  modules: { name: string; version: string | null; state: "installed" | "kept" | "snapshot" }[];
  /** Fingerprint of the key that it is signed with; null: it is not signed. Absent after a restore. */
  signedBy?: string | null;
  /** That key is this data directory's. */
  isOwn?: boolean;
  /** Of one that was restored to prove it. */
  proof?: BackupProof;
}

type Line =
  | { progress: RestoreProgress }
  | { manifest: BackupManifest }
  | { error: { code: string; message: string; hint?: string } };

/**
 * Verifies or restores a file in a process of its own, with Graft's engine: the command line itself knows nothing of it.
 * @throws ApiError with the engine's code
 */
export async function runRestore(
  { env, cwd }: Pick<CommandContext, "env" | "cwd">,
  { what, file }: { what: "verify" | "prove" | "restore"; file: string },
  onProgress: (progress: RestoreProgress) => void,
): Promise<BackupManifest> {
  const script = join(dirname(import.meta.dirname), "engine/edge/host/run-offline.ts");
  const child = spawn(process.execPath, [script, what, file], {
    cwd,
    env: env as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<string>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve(signal ?? String(code)));
  });
  let manifest: BackupManifest | undefined;
  for await (const text of createInterface({ input: child.stdout })) {
    const line = JSON.parse(text) as Line;
    if ("progress" in line) onProgress(line.progress);
    else if ("manifest" in line) manifest = line.manifest;
    else {
      const { code, message, hint } = line.error;
      await ended;
      throw apiError({ status: 500, code, detail: message, ...(hint ? { hint } : {}) });
    }
  }
  const end = await ended;
  if (manifest && end === "0") return manifest;
  throw apiError({
    status: 500,
    code: "INTERNAL",
    detail: `It was broken off (${end}).`,
    ...(what === "restore" ? { hint: "Run it again: it begins anew." } : {}),
  });
}
