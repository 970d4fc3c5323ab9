/**
 * A flag is changed on one host until another host on the same PostgreSQL answers differently, 200 times, on two real
 * servers: from the request that changes it, and from when that was answered. `node bench/propagation.ts [changes]`. Build first.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { databaseUrl } from "../e2e/support/database.ts";
import { endGraft, type RunningGraft, startGraft } from "../e2e/support/start-graft.ts";
import { engineClient } from "./engine-client.ts";
import { describeMachine } from "./machine.ts";
import { percentile } from "./percentile.ts";

const changes = Number(process.argv[2] ?? 200);
// The first of anything pays for compiling it.
const warmUp = 10;
const secret = { GRAFT_SECRET: "one secret for both hosts of the benchmark" };

function definition(variant: "on" | "off") {
  return { state: "ENABLED", variants: { on: true, off: false }, defaultVariant: variant };
}

/** Asks until the answer is `wanted`; when it first was. */
async function untilAnswered({ url, hostToken }: RunningGraft, wanted: boolean): Promise<number> {
  const headers = { authorization: `Bearer ${hostToken}`, "content-type": "application/json" };
  for (;;) {
    const init = { method: "POST", headers, body: '{"context":{"targetingKey":"bench"}}' };
    const answer = await fetch(`${url}/ofrep/v1/evaluate/flags/bench`, init);
    const { value } = (await answer.json()) as { value: boolean };
    if (value === wanted) return performance.now();
    await sleep(1);
  }
}

const one = await startGraft({ env: secret });
let two: RunningGraft | undefined;
try {
  two = await startGraft({ env: { ...secret, DATABASE_URL: databaseUrl(one) } });
  const { call } = engineClient(one);
  await call("PUT", "/flags/bench", definition("off"));
  await untilAnswered(two, false);
  const fromRequest: number[] = [];
  const writing: number[] = [];
  const fromAnswer: number[] = [];
  for (let i = 0; i < changes + warmUp; i++) {
    const on = i % 2 === 0;
    const seen = untilAnswered(two, on);
    const sentAt = performance.now();
    await call("PUT", "/flags/bench", definition(on ? "on" : "off"));
    const answeredAt = performance.now();
    const seenAt = await seen;
    if (i < warmUp) continue;
    fromRequest.push(seenAt - sentAt);
    writing.push(answeredAt - sentAt);
    fromAnswer.push(Math.max(0, seenAt - answeredAt));
  }
  console.log(`${describeMachine()}; ${changes} changes on one host, asked on another\n`);
  line("from the request that changes it", fromRequest);
  line("  of that until it was written", writing, "");
  line("from when it was written", fromAnswer);
  const slowest = fromRequest.indexOf(Math.max(...fromRequest));
  console.log(`\nof the slowest ${writing[slowest]?.toFixed(1)} ms until it was written`);
} finally {
  if (two !== undefined) await endGraft(two);
  await endGraft(one);
}

function line(what: string, times: number[], required = "≤ 200 ms") {
  const [p50, p99, max] = [percentile(times, 0.5), percentile(times, 0.99), Math.max(...times)];
  const figures = `p50 ${p50.toFixed(1)}  p99 ${p99.toFixed(1)}  max ${max.toFixed(1)} ms`;
  console.log(`${what.padEnd(36)}${figures.padEnd(44)}${required}`);
}
