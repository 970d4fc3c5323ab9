/**
 * What a person waits for: `announcements` from confirmed plan to the first 200 from its API, and its uninstall with
 * deletion, on the real server, while another module is called all the time. Then start-up and memory, and Node-RED.
 * `node bench/install.ts [runs]`. Build first: `npm run build`.
 */
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { endGraft, startGraft } from "../e2e/support/start-graft.ts";
import { engineClient } from "./engine-client.ts";
import { describeMachine } from "./machine.ts";
import { measureNodeRed } from "./node-red.ts";
import { percentile } from "./percentile.ts";

const runs = Number(process.argv[2] ?? 20);

/** Calls another module every few milliseconds; what an operation must not disturb. */
/** Of every module, once the host has read it: it looks a few times a second, but not at what has just started. */
async function readMemory(url: string, headers: Record<string, string>) {
  for (let tries = 0; ; tries++) {
    const answer = await fetch(`${url}/api/v1/graft/health`, { headers });
    const { items } = (await answer.json()) as { items: { module: string; rssMb: number | null }[] };
    if (items.every(({ rssMb }) => rssMb !== null) || tries === 100) return items;
    await sleep(200);
  }
}

function watchNeighbour(url: string, headers: Record<string, string>) {
  const seen = { requests: 0, failed: 0, msMax: 0 };
  let going = true;
  const done = (async () => {
    while (going) {
      const from = performance.now();
      const answer = await fetch(url, { headers });
      await answer.arrayBuffer();
      seen.requests++;
      if (!answer.ok) seen.failed++;
      seen.msMax = Math.max(seen.msMax, performance.now() - from);
      await sleep(10);
    }
  })();
  return async () => {
    going = false;
    await done;
    return seen;
  };
}

const rssMb = (pid: number) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
const line = (what: string, value: string, aim: string) =>
  console.log(`${what.padEnd(58)} ${value.padStart(14)}   aim ${aim}`);
const ms = (value: number) => `${value.toFixed(0)} ms`;

const first = await startGraft();
await first.stop();
const startedAt = performance.now();
const graft = await startGraft({ dataDir: first.dataDir });
const secondStartMs = performance.now() - startedAt;
try {
  await sleep(2000);
  const emptyMb = rssMb(graft.pid);
  const { apply, headers } = engineClient(graft);
  await apply({ action: "install", module: "polls" }, "/api/v1/polls/polls");
  const install = { action: "install", module: "announcements" };
  const remove = { action: "uninstall", module: "announcements", data: "delete" };
  const url = "/api/v1/announcements/posts";
  // The first of anything pays for compiling it.
  for (let i = 0; i < 3; i++) {
    await apply(install, url);
    await apply(remove);
  }
  const stopWatching = watchNeighbour(`${graft.url}/api/v1/polls/polls`, headers);
  const installs: number[] = [];
  const data: number[] = [];
  const steps = new Map<string, number[]>();
  const removals: number[] = [];
  for (let i = 0; i < runs; i++) {
    const { ms: installMs, operation } = await apply(install, url);
    installs.push(installMs);
    for (const step of operation.steps) steps.set(step.name, [...(steps.get(step.name) ?? []), step.ms ?? 0]);
    const inDatabase = operation.steps.filter((step) => ["prepare", "migrate", "commit"].includes(step.name));
    data.push(inDatabase.reduce((sum, step) => sum + (step.ms ?? 0), 0));
    removals.push((await apply(remove)).ms);
  }
  const neighbour = await stopWatching();
  await apply(install, url);
  const items = await readMemory(graft.url, headers);

  console.log(`${describeMachine()}; p50 of ${runs} runs\n`);
  line("announcements: confirmed plan to first 200", ms(percentile(installs, 0.5)), "≤ 300 ms");
  line("  of which roles, schema, migrations, registry", ms(percentile(data, 0.5)), "≤ 80 ms");
  for (const [name, times] of steps) line(`    ${name}`, ms(percentile(times, 0.5)), "");
  line("uninstall with deletion", ms(percentile(removals, 0.5)), "≤ 200 ms");
  line("requests to another module meanwhile, failed", `${neighbour.failed} of ${neighbour.requests}`, "0");
  line("  the slowest of them", ms(neighbour.msMax), "");
  line("second start to ready", ms(secondStartMs), "≤ 3000 ms");
  line("host with no module, resident", `${emptyMb.toFixed(0)} MB`, "≤ 300 MB");
  for (const { module, rssMb: mb } of items) line(`${module}, resident`, `${mb?.toFixed(0)} MB`, "≤ 90 MB");
  await endGraft(graft);
  const [own, peer] = [percentile(installs, 0.5), percentile(await measureNodeRed(runs), 0.5)];
  line("Node-RED: package uploaded to first 200 of its flow", ms(peer), "");
  line("  Graft takes of that", (own / peer).toFixed(2), "");
} finally {
  await endGraft(graft);
}
