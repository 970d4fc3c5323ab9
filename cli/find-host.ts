import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

export interface HostAddress {
  /** `http://127.0.0.1:3000`, without a slash at its end. */
  url: string;
  token: string;
  /** Where it was found: a path, or `GRAFT_URL`. */
  source: string;
  pid?: number;
}

/**
 * Where the host is: GRAFT_URL with GRAFT_TOKEN when set, else the `host.json` that a running host leaves in its data
 * directory (GRAFT_DATA_DIR, or `.graft` here or in a folder above); null when there is none.
 */
export function findHost(env: Record<string, string | undefined>, cwd: string): HostAddress | null {
  if (env.GRAFT_URL && env.GRAFT_TOKEN)
    return { url: env.GRAFT_URL.replace(/\/+$/, ""), token: env.GRAFT_TOKEN, source: "GRAFT_URL" };
  for (const path of hostFiles(env, cwd)) {
    const found = readHostFile(path);
    if (found) return { ...found, ...(env.GRAFT_TOKEN ? { token: env.GRAFT_TOKEN } : {}), source: path };
  }
  return null;
}

function* hostFiles(env: Record<string, string | undefined>, cwd: string): Iterable<string> {
  if (env.GRAFT_DATA_DIR) {
    yield join(resolve(cwd, env.GRAFT_DATA_DIR), "host.json");
    return;
  }
  for (let dir = resolve(cwd); ; dir = dirname(dir)) {
    yield join(dir, ".graft", "host.json");
    if (dir === dirname(dir)) return;
  }
}

function readHostFile(path: string): { url: string; token: string; pid?: number } | null {
  try {
    const { url, token, pid } = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
    if (typeof url !== "string" || typeof token !== "string") return null;
    return { url: url.replace(/\/+$/, ""), token, ...(typeof pid === "number" ? { pid } : {}) };
  } catch {
    return null;
  }
}
