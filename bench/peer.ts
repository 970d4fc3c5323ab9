import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { FlagContext } from "../engine/decisions/index.ts";

export type BenchUser = FlagContext & { targetingKey: string; groups: string[] };
/** Whether the flag of the bench is on for a user; some peers answer later. */
export type Ask = (user: BenchUser) => unknown;
/** `listed` users have the flag, and all in the group beta, and a tenth of the rest. */
export type CreatePeer = (given: { users: BenchUser[]; listed: string[] }) => Ask | Promise<Ask>;

/**
 * A peer of peers/, whose packages stand in bench/package.json: they serve the benchmarks alone, so that nobody who
 * runs Graft or its tests waits for them. They are installed at the first use, and nothing outside peers/ imports them.
 */
export async function loadPeer(name: string): Promise<CreatePeer> {
  if (!existsSync(join(import.meta.dirname, "node_modules")))
    execFileSync("npm", ["install"], { cwd: import.meta.dirname, stdio: "inherit" });
  const file = new URL(`peers/${name}.ts`, import.meta.url).href;
  return ((await import(file)) as { createPeer: CreatePeer }).createPeer;
}
