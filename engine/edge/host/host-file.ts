import { randomBytes } from "node:crypto";
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** How the CLI on the same machine finds and convinces the host: readable by its owner alone. */
export interface HostFile {
  token: string;
  write(url: string): void;
  remove(): void;
}

export function createHostFile(dataDir: string): HostFile {
  const path = join(dataDir, "host.json");
  const token = `host_${randomBytes(32).toString("base64url")}`;
  return {
    token,
    write(url) {
      writeFileSync(`${path}.tmp`, `${JSON.stringify({ url, token, pid: process.pid })}\n`, { mode: 0o600 });
      renameSync(`${path}.tmp`, path);
    },
    remove: () => rmSync(path, { force: true }),
  };
}
