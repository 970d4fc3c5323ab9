/**
 * What the gateway costs: one module process called directly over TCP, then through the gateway to its Unix socket.
 * `node bench/gateway.ts [seconds]`. Uses wrk when it is installed, else connections of its own.
 */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { createIdentityTokens } from "../engine/serving/gateway/identity-token.ts";
import { identityKey } from "../engine/serving/gateway/index.ts";
import { moduleRoute, user } from "./gateway-fixture.ts";
import { load, loaderName } from "./load.ts";
import { describeMachine } from "./machine.ts";

const seconds = Number(process.argv[2] ?? 8);
const rounds = 3;
const secret = Buffer.alloc(32, 1);
const folder = await mkdtemp(join(tmpdir(), "graft-bench-"));
const socket = join(folder, "module.sock");
const directPort = 20_000 + Math.floor(Math.random() * 20_000);

const moduleEnv = {
  GRAFT_MODULE: moduleRoute.name,
  GRAFT_IDENTITY_KEY: identityKey(secret, moduleRoute.name, moduleRoute.digest).toString("base64url"),
};
const children = [
  start("gateway-module.ts", { ...moduleEnv, PORT: String(directPort) }),
  start("gateway-module.ts", { ...moduleEnv, GRAFT_SOCKET: socket }),
  start("gateway-process.ts", {
    BENCH_SECRET: secret.toString("hex"),
    BENCH_SOCKET: socket,
    BENCH_DIR: join(folder, "run"),
  }),
];
try {
  const ports = await Promise.all(children.map(firstLine));
  const through = {
    url: `http://127.0.0.1:${ports[2]}/api/v1/bench/items`,
    headers: { authorization: "Bearer graft_bench" },
  };
  const direct = () => ({
    url: `http://127.0.0.1:${directPort}/v1/items`,
    // Made anew each time: it lives for a minute.
    headers: { "graft-identity": createIdentityTokens(secret).sign(user, moduleRoute) },
  });
  for (const target of [direct(), through]) await load({ ...target, connections: 64, seconds: 2 });

  const rows = {
    directRps: [] as number[],
    throughRps: [] as number[],
    directMs: [] as number[],
    throughMs: [] as number[],
  };
  for (let round = 0; round < rounds; round++) {
    rows.directRps.push((await load({ ...direct(), connections: 64, seconds })).requestsPerSecond);
    rows.throughRps.push((await load({ ...through, connections: 64, seconds })).requestsPerSecond);
    rows.directMs.push((await load({ ...direct(), connections: 1, seconds: seconds / 2 })).latencyMsP50);
    rows.throughMs.push((await load({ ...through, connections: 1, seconds: seconds / 2 })).latencyMsP50);
  }
  const [directRps, throughRps] = [median(rows.directRps), median(rows.throughRps)];
  const [directMs, throughMs] = [median(rows.directMs), median(rows.throughMs)];
  console.log(
    `${describeMachine()}; loader ${await loaderName()}; median of ${rounds} rounds of ${seconds} s`,
  );
  console.log(
    `64 connections: direct ${directRps.toFixed(0)}/s, gateway ${throughRps.toFixed(0)}/s, ratio ${(throughRps / directRps).toFixed(2)} (wanted 0.33 or more)`,
  );
  console.log(
    `1 connection, p50: direct ${directMs.toFixed(3)} ms, gateway ${throughMs.toFixed(3)} ms, added ${(throughMs - directMs).toFixed(3)} ms (wanted 0.3 or less)`,
  );
} finally {
  for (const child of children) child.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
}

type Child = ChildProcessByStdio<null, Readable, null>;

function start(file: string, env: Record<string, string>): Child {
  const path = fileURLToPath(new URL(file, import.meta.url));
  return spawn(process.execPath, [path], {
    env: env as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "inherit"],
  });
}

async function firstLine(child: Child): Promise<string> {
  const [chunk] = (await once(child.stdout, "data")) as [Buffer];
  return String(chunk).trim();
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
