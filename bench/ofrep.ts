/**
 * OFREP's bulk evaluation of 100 flags, 64 connections: requests for each second of the server's processor time, which
 * is what one core would do. Beside it the same process with the same bytes and nothing to evaluate.
 * `node bench/ofrep.ts [seconds]`
 */
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { load, loaderName } from "./load.ts";
import { describeMachine } from "./machine.ts";

const seconds = Number(process.argv[2] ?? 6);
const folder = await mkdtemp(join(tmpdir(), "graft-bench-"));
const child = spawn(process.execPath, [fileURLToPath(new URL("ofrep-process.ts", import.meta.url))], {
  env: { ...process.env, BENCH_DIR: join(folder, "run") },
  stdio: ["ignore", "pipe", "inherit"],
});
const exited = new Promise((done) => child.once("exit", done));
try {
  const port = await new Promise<string>((done) =>
    child.stdout.once("data", (data) => done(String(data).trim())),
  );
  const origin = `http://127.0.0.1:${port}`;
  const headers = { authorization: "Bearer graft_bench", "content-type": "application/json" };
  const cpu = async () =>
    (await (await fetch(`${origin}/cpu`)).json()) as { served: number; cpuSeconds: number };
  console.log(describeMachine());
  console.log(`load by ${await loaderName()}`);
  for (const [title, path] of [
    ["OFREP, 100 flags", "/ofrep/v1/evaluate/flags"],
    ["the same bytes, nothing evaluated", "/floor"],
  ] as const) {
    const options = { url: origin + path, headers, connections: 64, body: '{"context":{}}' };
    await load({ ...options, seconds: 2 });
    const before = await cpu();
    const { requestsPerSecond } = await load({ ...options, seconds });
    const after = await cpu();
    const perCore = (after.served - before.served) / (after.cpuSeconds - before.cpuSeconds);
    console.log(
      `  ${title.padEnd(36)} ${perCore.toFixed(0).padStart(6)}/s on one core (${requestsPerSecond.toFixed(0)}/s as this machine was)`,
    );
  }
} finally {
  child.kill();
  await exited;
  await rm(folder, { recursive: true, force: true });
}
