import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "vitest";
import { silentLog } from "../../core/index.ts";
import { type Launcher, startLauncher } from "./launcher.ts";
import { isAlive, until } from "./testing/ask.ts";
import { startWatchdog, type Watchdog } from "./watchdog.ts";

let dir: string;
let watchdog: Watchdog;
let launcher: Launcher;
let watched: number[];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "graft-launcher-"));
  watched = [];
  const real = startWatchdog(dir, silentLog);
  const add = (pid: number) => {
    watched.push(pid);
    real.add(pid);
  };
  watchdog = { ...real, add };
  let n = 0;
  launcher = startLauncher({ ioPath: () => join(dir, `${++n}.sock`), watchdog, log: silentLog });
});
afterEach(async () => {
  await launcher.close();
  await watchdog.close();
});

const sh = (script: string) => launcher.launch({ command: "/bin/sh", args: ["-c", script], env: {} });

test("a program gets its input, and its output, errors and exit code come back", async () => {
  const { stdin, stdout, stderr, ended } = await sh("cat; echo bad >&2; exit 3");
  stdin.end("given");
  expect(await Promise.all([text(stdout), text(stderr), ended])).toEqual([
    "given",
    "bad\n",
    { code: 3, signal: null },
  ]);
  expect(readdirSync(dir)).toEqual([]);
});

test("many at once do not get each other's streams", async () => {
  const said = await Promise.all(
    Array.from({ length: 20 }, async (_, i) => {
      const { stdin, stdout } = await sh(`read line; echo $line ${i}`);
      stdin.end(`hello\n`);
      return text(stdout);
    }),
  );
  expect(said).toEqual(Array.from({ length: 20 }, (_, i) => `hello ${i}\n`));
});

test("what the operating system refuses is thrown with its code", async () => {
  const none = launcher.launch({ command: "/no/such/program", args: [], env: {} });
  await expect(none).rejects.toMatchObject({ code: "ENOENT" });
  const large = launcher.launch({ command: "/bin/true", args: ["x".repeat(3_000_000)], env: {} });
  await expect(large).rejects.toMatchObject({ code: "E2BIG" });
  expect((await (await sh("exit 0")).ended).code).toBe(0);
});

test("when it is ended from outside its programs end, are reported, and the next launch works", async () => {
  const first = await sh("sleep 60");
  const [itself = 0] = watched;
  process.kill(itself, "SIGKILL");
  expect(await first.ended).toEqual({ code: null, signal: "SIGKILL" });
  await until(() => !isAlive(first.pid));
  expect((await (await sh("exit 4")).ended).code).toBe(4);
  expect(watched).toHaveLength(2);
});

test("closing ends it, with what still runs", async () => {
  const { pid, ended } = await sh("sleep 60 & sleep 60");
  await launcher.close();
  expect(await ended).toMatchObject({ signal: "SIGKILL" });
  await until(() => !isAlive(pid));
  const left = execFileSync("ps", ["-eo", "pgid=,args="], { encoding: "utf8" }).split("\n");
  expect(left.filter((line) => Number.parseInt(line, 10) === pid)).toEqual([]);
  await expect(sh("exit 0")).rejects.toMatchObject({ code: "NOT_READY" });
});
