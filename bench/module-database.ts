/**
 * The database room on an embedded PostgreSQL of its own: whole Prisma histories, snapshots and their way back.
 * `node bench/module-database.ts [runs] [megabytes]`
 */
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { createHostDb, silentLog } from "../engine/core/index.ts";
import { startEmbeddedPostgres } from "../engine/core/postgres/index.ts";
import { createModuleDatabase, migrateHost } from "../engine/module-data/index.ts";
import { extensionsOfHistories as extensions, histories } from "../engine/module-data/testing/histories.ts";
import { describeMachine } from "./machine.ts";
import { percentile } from "./percentile.ts";

const runs = Number(process.argv[2] ?? 10);
const megabytes = Number(process.argv[3] ?? 200);
const root = mkdtempSync(join(tmpdir(), "graft-bench-"));
chmodSync(root, 0o711);
const postgres = await startEmbeddedPostgres({ dir: join(root, "postgres") });
await migrateHost(postgres.url, join(import.meta.dirname, "../prisma/migrations"));
const db = createHostDb(postgres.url);
const database = createModuleDatabase({ db, secret: Buffer.alloc(32, 7), log: silentLog });
const module = "bench";

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}
async function install(migrations: { name: string; sql: string }[]): Promise<void> {
  await database.prepare({ module, extensions });
  await (await database.migrate({ module, migrations })).commit();
}

async function measureHistories(): Promise<void> {
  for (const { name, migrations } of histories) {
    const times: number[] = [];
    const previews: number[] = [];
    for (let i = 0; i < runs; i++) {
      const preview = () => database.preview({ module, migrations, extensions, applied: [] });
      previews.push(await timed(preview));
      times.push(await timed(() => install(migrations)));
      await database.drop(module);
    }
    const ms = percentile(times, 0.5);
    console.log(
      `history ${name}, ${migrations.length} migrations: ${ms.toFixed(0)} ms, ${(ms / migrations.length).toFixed(1)} ms each (wanted 3 or less); read for a plan ${percentile(previews, 0.5).toFixed(0)} ms`,
    );
  }
}

/** What a plan reads of a long history, which no single one here has: several after one another, of which nothing is run. */
async function measurePlan(): Promise<void> {
  const long = histories.flatMap(({ name, migrations }, at) =>
    migrations.map((file) => ({ ...file, name: `${at}_${name}_${file.name}` })),
  );
  const migrations = long.slice(0, 100);
  const times: number[] = [];
  for (let i = 0; i < runs; i++)
    times.push(await timed(() => database.preview({ module, migrations, extensions, applied: [] })));
  console.log(
    `${migrations.length} migrations read for a plan: ${percentile(times, 0.5).toFixed(0)} ms (wanted 300 or less)`,
  );
}

/** Rows as an application has them: keys, a time, a number, some text, two indexes. */
const rowsSql = `CREATE TABLE item (id bigint PRIMARY KEY, owner uuid NOT NULL, at timestamptz NOT NULL, amount numeric(12,2), title text NOT NULL, body text);
  CREATE INDEX item_at ON item (at);`;

async function measureSnapshots(): Promise<void> {
  await install([{ name: "1_init", sql: rowsSql }]);
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  await client.query(
    `INSERT INTO m_bench.item SELECT i, gen_random_uuid(), now() - i * interval '1 second', i / 7.0, 'Title of item ' || i,
       repeat(md5(i::text) || ' ', 12) FROM generate_series(1, $1::int) i`,
    [megabytes * 2000],
  );
  await client.query("VACUUM ANALYZE m_bench.item");
  const { rows } = await client.query<{ bytes: string }>("SELECT pg_table_size('m_bench.item') AS bytes");
  const mb = Number(rows[0]?.bytes) / 1e6;
  await client.end();
  const file = join(root, "snapshot");
  const writes: number[] = [];
  const restores: number[] = [];
  for (let i = 0; i < Math.min(runs, 5); i++) {
    writes.push(await timed(() => database.snapshot({ module, version: "1.0.0", file })));
    restores.push(await timed(async () => (await database.restore({ module, file })).commit()));
  }
  const rate = (times: number[]) => (mb / (percentile(times, 0.5) / 1000)).toFixed(0);
  console.log(`snapshot of ${mb.toFixed(0)} MB of rows: ${rate(writes)} MB/s (wanted 50 or more)`);
  console.log(`restore with its indexes: ${rate(restores)} MB/s (wanted 50 or more)`);
}

try {
  await database.warm();
  await install(histories[0]?.migrations ?? []);
  await database.drop(module);
  console.log(`${describeMachine()}; p50 of ${runs} runs`);
  await measureHistories();
  await measurePlan();
  await measureSnapshots();
} finally {
  await database.close();
  await db.close();
  await postgres.stop();
  rmSync(root, { recursive: true, force: true });
}
