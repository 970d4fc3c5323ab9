import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statfsSync } from "node:fs";
import { freemem, tmpdir } from "node:os";
import { join, relative } from "node:path";
import { failedFiles, type Suite } from "./failed-files.ts";

// `node lib/testing/run-suite.ts unit|e2e [arguments of the runner]`. Where CI is set, files that failed run once more:
// a machine shared with others may stall for seconds. Whole files, because the tests of one share a host, and a second
// try of a test alone would begin in what the first left behind. What passes only then is named at the end.

/** More than this did not fail because a machine stalled. */
const mostToTryAgain = 3;

const suites: Record<
  Suite,
  { command: string[]; report: (file: string) => [string[], Record<string, string>] }
> = {
  unit: {
    command: ["vitest", "run"],
    report: (file) => [["--reporter=default", "--reporter=json", `--outputFile.json=${file}`], {}],
  },
  e2e: {
    command: ["playwright", "test"],
    report: (file) => [["--reporter=list,json"], { PLAYWRIGHT_JSON_OUTPUT_NAME: file }],
  },
};

async function runOnce(suite: Suite, args: string[]): Promise<{ code: number; failed: string[] }> {
  const dir = mkdtempSync(join(tmpdir(), "graft-suite-"));
  const report = join(dir, "report.json");
  const { command, report: reporting } = suites[suite];
  const [options, env] = reporting(report);
  const [program = "", ...first] = command;
  const code = await new Promise<number>((resolve, reject) => {
    const child = spawn(program, [...first, ...args, ...options], {
      stdio: "inherit",
      env: { ...process.env, ...env },
    });
    child.on("error", reject).on("exit", (status) => resolve(status ?? 1));
  });
  try {
    return { code, failed: code === 0 ? [] : failedFiles(suite, JSON.parse(readFileSync(report, "utf8"))) };
  } catch {
    // Without a report nothing is known of what failed.
    return { code, failed: [] };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

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
if (suite !== "unit" && suite !== "e2e") throw new Error("Usage: run-suite.ts unit|e2e [arguments]");
const memory = makeMemoryDir();
if (memory !== null) process.env.TMPDIR = memory;
let { code, failed } = await runOnce(suite, args);
if (process.env.CI && failed.length > 0 && failed.length <= mostToTryAgain) {
  const names = failed.map((file) => relative(process.cwd(), file));
  console.log(`\nFailed, and run once more: ${names.join(", ")}\n`);
  ({ code } = await runOnce(suite, names));
  if (code === 0) console.log(`\nFlaky: ${names.join(", ")} passed only at the second try.\n`);
}
if (memory !== null) rmSync(memory, { recursive: true, force: true });
process.exit(code);
