/**
 * An upgrade that only adds, and the way back, while 32 connections ask the module all the time: 20 of each, at least
 * 200,000 requests, on the real server. `node bench/upgrade.ts [rounds] [requests]`. Build first: `npm run build`.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { endGraft, startGraft } from "../e2e/support/start-graft.ts";
import { engineClient } from "./engine-client.ts";
import { describeMachine } from "./machine.ts";
import { percentile } from "./percentile.ts";
import { type Sample, startLoad } from "./steady-load.ts";

/** After a change has ended: what is slow because a process is fresh counts as its doing. */
const afterMs = 1000;
/** Right before a change. */
const beforeMs = 2000;
const rounds = Number(process.argv[2] ?? 20);
const requests = Number(process.argv[3] ?? 200_000);
const built = join(import.meta.dirname, "../modules/.built/announcements");

/** announcements as it is, and a next version with one more column. */
function makeCatalog(): { folder: string; version: string; next: string } {
  const folder = mkdtempSync(join(tmpdir(), "graft-bench-catalog-"));
  cpSync(built, join(folder, "old"), { recursive: true });
  cpSync(built, join(folder, "new"), { recursive: true });
  const file = join(folder, "new/module.json");
  const manifest = JSON.parse(readFileSync(file, "utf8")) as { version: string };
  const { version } = manifest;
  const next = version.replace(/\d+$/, (patch) => String(Number(patch) + 1));
  writeFileSync(file, JSON.stringify({ ...manifest, version: next }));
  const migration = join(folder, "new/prisma/migrations/20991231000000_note");
  mkdirSync(migration);
  writeFileSync(join(migration, "migration.sql"), 'ALTER TABLE "posts" ADD COLUMN "note" TEXT;\n');
  return { folder, version, next };
}

const { folder, version, next } = makeCatalog();
const graft = await startGraft({ env: { GRAFT_CATALOGS: `dir:${folder}` } });
try {
  const { call, apply, headers } = engineClient(graft);
  await apply({ action: "install", module: "announcements", version }, "/api/v1/announcements/posts");
  const { generation } = await call<{ generation: number }>("GET", "/modules/announcements");
  const load = startLoad({
    url: `${graft.url}/api/v1/announcements/posts?limit=1`,
    headers,
    connections: 32,
  });
  await sleep(5000);

  const upgrades: number[] = [];
  const rollbacks: number[] = [];
  const switches: [number, number][] = [];
  for (let i = 0; i < rounds; i++) {
    for (const [change, times] of [
      [{ action: "upgrade", module: "announcements", version: next }, upgrades],
      [{ action: "rollback", generation }, rollbacks],
    ] as const) {
      await sleep(afterMs + beforeMs);
      const from = performance.now();
      const { ms } = await apply(change);
      times.push(ms);
      switches.push([from, performance.now()]);
    }
  }
  await sleep(afterMs);
  while (load.samples.length < requests) await sleep(100);
  await load.stop();

  const within = (from: number, to: number) => (sample: Sample) => sample.at >= from && sample.at <= to;
  const ms = (samples: Sample[]) => samples.map((sample) => sample.ms);
  const quiet = ms(load.samples.filter((s) => switches.some(([from]) => within(from - beforeMs, from)(s))));
  const during = ms(load.samples.filter((s) => switches.some(([from, to]) => within(from, to + afterMs)(s))));
  const [before, meanwhile] = [percentile(quiet, 0.99), percentile(during, 0.99)];
  console.log(`${describeMachine()}; ${rounds} upgrades and ${rounds} rollbacks, 32 connections`);
  console.log(`requests failed: ${load.failures.length} of ${load.samples.length} (wanted 0)`);
  for (const failure of new Set(load.failures.slice(0, 5))) console.log(`  ${failure}`);
  console.log(
    `p99 in the ${beforeMs / 1000} s before ${before.toFixed(1)} ms, from then to ${afterMs / 1000} s after ${meanwhile.toFixed(1)} ms, ratio ${(meanwhile / before).toFixed(2)} (wanted 2 or less); slowest ${Math.max(...during).toFixed(0)} ms`,
  );
  console.log(`upgrade under load, p50: ${percentile(upgrades, 0.5).toFixed(0)} ms`);
  console.log(`rollback under load, p50: ${percentile(rollbacks, 0.5).toFixed(0)} ms`);
  const idle: number[] = [];
  for (let i = 0; i < 10; i++) {
    await apply({ action: "upgrade", module: "announcements", version: next });
    idle.push((await apply({ action: "rollback", generation })).ms);
  }
  console.log(`rollback, p50 of 10: ${percentile(idle, 0.5).toFixed(0)} ms (wanted 500 or less)`);
} finally {
  await endGraft(graft);
  rmSync(folder, { recursive: true, force: true });
}
