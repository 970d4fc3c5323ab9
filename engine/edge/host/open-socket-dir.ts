import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Below the data directory, so that the next start clears it after a crash; elsewhere where that path is too long for a socket. */
export async function openSocketDir(dataDir: string): Promise<string> {
  const dir = join(dataDir, "run");
  if (Buffer.byteLength(dir) >= 90) return mkdtemp(join(tmpdir(), "graft-host-"));
  await rm(dir, { recursive: true, force: true });
  return dir;
}
