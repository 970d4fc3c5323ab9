import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, statfsSync } from "node:fs";
import { freemem } from "node:os";

// `node lib/testing/run-suite.ts unit|e2e [arguments of the runner]`.

const runners: Record<string, string[]> = { unit: ["vitest", "run"], e2e: ["playwright", "test"] };

/**
 * Tests make and delete databases, thousands of files each. ext4 takes a millisecond for every new file while it avoids the
 * inodes that were freed in the minutes before; memory takes ten microseconds. Null where there is too little of it.
 */
function makeMemoryDir(): string | null {
  if (process.platform !== "linux" || process.env.TMPDIR !== undefined) return null;
  try {
    const { bavail, bsize } = statfsSync("/dev/shm");
    if (bavail * bsize < 8e9 || freemem() < 12e9) return null;
    const dir = mkdtempSync("/dev/shm/graft-");
    // PostgreSQL refuses to be root; started by root it runs as another user, who must come through.
    chmodSync(dir, 0o711);
    return dir;
  } catch {
    return null;
  }
}

const [suite = "", ...args] = process.argv.slice(2);
const [program, ...first] = runners[suite] ?? [];
if (program === undefined) throw new Error("Usage: run-suite.ts unit|e2e [arguments]");
const memory = makeMemoryDir();
if (memory !== null) process.env.TMPDIR = memory;
const child = spawn(program, [...first, ...args], { stdio: "inherit" });
const code = await new Promise<number>((resolve, reject) => {
  child.on("error", reject).on("exit", (status) => resolve(status ?? 1));
});
if (memory !== null) rmSync(memory, { recursive: true, force: true });
process.exit(code);
