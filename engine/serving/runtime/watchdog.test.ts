import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { silentLog } from "../../core/index.ts";
import { isAlive, until } from "./testing/ask.ts";
import { startWatchdog } from "./watchdog.ts";

const hostScript = fileURLToPath(new URL("./testing/host-process.ts", import.meta.url));

function startHost(): Promise<{ host: ChildProcess; pids: number[]; dir: string }> {
  const host = spawn(process.execPath, [hostScript], { stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((resolve, reject) => {
    host.stdout?.once("data", (said: Buffer) => resolve({ host, ...JSON.parse(said.toString()) }));
    host.once("exit", () => reject(new Error("the host ended early")));
  });
}

test("no module outlives a host ended by SIGKILL by 2 s, not even one that hangs in a loop", async () => {
  const { host, pids, dir } = await startHost();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(pids.map(isAlive)).toEqual([true, true]);
  host.kill("SIGKILL");
  await until(() => !pids.some(isAlive), 2_000);
  await until(() => readdirSync(join(dir, "run")).length === 0, 2_000);
  rmSync(dir, { recursive: true });
});

function sleeper(): { pid: number; gone: Promise<void> } {
  const child = spawn("sleep", ["60"], { detached: true, stdio: "ignore" });
  return { pid: child.pid ?? 0, gone: new Promise((resolve) => child.once("exit", () => resolve())) };
}

test("a group taken back from it lives on, the others end, and the directory is removed", async () => {
  const dir = mkdtempSync(join(tmpdir(), "graft-watchdog-"));
  const watchdog = startWatchdog(dir, silentLog);
  const [kept, ended] = [sleeper(), sleeper()];
  for (const each of [kept, ended]) watchdog.add(each.pid);
  watchdog.remove(kept.pid);
  await watchdog.close();
  await ended.gone;
  expect(isAlive(kept.pid)).toBe(true);
  expect(existsSync(dir)).toBe(false);
  process.kill(kept.pid, "SIGKILL");
});

test("a watchdog ended from outside is replaced by one that knows every group", async () => {
  const dir = mkdtempSync(join(tmpdir(), "graft-watchdog-"));
  const shells = () =>
    execFileSync("ps", ["-eo", "pid=,args="], { encoding: "utf8" })
      .split("\n")
      .filter((line) => line.includes(dir));
  const watchdog = startWatchdog(dir, silentLog);
  const group = sleeper();
  watchdog.add(group.pid);
  await until(() => shells().length === 1);
  const first = Number.parseInt(shells()[0] ?? "", 10);
  process.kill(first, "SIGKILL");
  await until(() => shells().length === 1 && Number.parseInt(shells()[0] ?? "", 10) !== first);
  await watchdog.close();
  await group.gone;
  expect(existsSync(dir)).toBe(false);
});
