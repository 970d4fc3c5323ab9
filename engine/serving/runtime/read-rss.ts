import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { promisify } from "node:util";

const run = promisify(execFile);
const hasProc = existsSync("/proc/self/status");

/** Resident set of each process in MB; a process that is gone is left out. */
export async function readRss(pids: readonly number[]): Promise<Map<number, number>> {
  if (pids.length === 0) return new Map();
  return hasProc ? fromProc(pids) : fromPs(pids);
}

function fromProc(pids: readonly number[]): Map<number, number> {
  const found = new Map<number, number>();
  for (const pid of pids) {
    try {
      // Synchronous: /proc answers from memory in about 20 µs, a trip through the thread pool takes longer.
      const match = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
      if (match) found.set(pid, Number(match[1]) / 1024);
    } catch {
      // Gone between the listing and the reading.
    }
  }
  return found;
}

async function fromPs(pids: readonly number[]): Promise<Map<number, number>> {
  // ps exits with 1 when one of them is gone, and still prints the others.
  const { stdout } = await run("ps", ["-o", "pid=,rss=", "-p", pids.join(",")]).catch(
    (error: { stdout?: string }) => ({ stdout: error.stdout ?? "" }),
  );
  const found = new Map<number, number>();
  for (const line of stdout.split("\n")) {
    const [pid, kb] = line.trim().split(/\s+/).map(Number);
    if (pid && kb) found.set(pid, kb / 1024);
  }
  return found;
}
