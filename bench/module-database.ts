/**
 * The database room on an embedded PostgreSQL of its own: whole Prisma histories beside a plain run, snapshots, copies beside cp.
 * `node bench/module-database.ts [runs] [megabytes]`
 */
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { cp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { createHostDb, silentLog } from "../engine/core/index.ts";
import { startEmbeddedPostgres } from "../engine/core/postgres/index.ts";
import { createModuleDatabase, migrateHost, sameServer } from "../engine/module-data/index.ts";
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
const server = sameServer(db);
const database = createModuleDatabase({ server, secret: Buffer.alloc(32, 7), log: silentLog });
const module = "bench";
const place = { module, database: 1 };
const copied = { module, database: 2 };

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}
async function install(migrations: { name: string; sql: string }[]): Promise<void> {
  await database.create({ place, extensions });
  await database.runHistory({ place, migrations, extensions });
}
const p50 = (times: number[]) => percentile(times, 0.5);

/** As somebody without Graft would: an empty database, then each file through a connection of its own. */
async function runPlainly(migrations: { name: string; sql: string }[]): Promise<void> {
  await db.pool.query("DROP DATABASE IF EXISTS bench_plain WITH (FORCE)");
  await db.pool.query("CREATE DATABASE bench_plain TEMPLATE template0");
  for (const { sql } of migrations) {
    const client = new pg.Client({ connectionString: postgres.url.replace(/\/[^/]*$/, "/bench_plain") });
    client.on("error", () => {});
    await client.connect();
    await client.query(sql.replace(/^\uFEFF/, ""));
    await client.end();
  }
}

async function measureHistories(): Promise<void> {
  for (const { name, migrations } of histories) {
    const times: number[] = [];
    const plain: number[] = [];
    const previews: number[] = [];
    for (let i = 0; i < runs; i++) {
      const preview = () => database.preview({ place: null, migrations, extensions, applied: [] });
      previews.push(await timed(preview));
      plain.push(await timed(() => runPlainly(migrations)));
      await database.keepSpare();
      times.push(await timed(() => install(migrations)));
      await database.drop(place);
    }
    console.log(
      `history ${name}, ${migrations.length} migrations: ${p50(times).toFixed(0)} ms, ${(p50(times) / p50(plain)).toFixed(2)} of a plain run's ${p50(plain).toFixed(0)} (wanted 0.8 or less); read for a plan ${p50(previews).toFixed(0)} ms`,
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
    times.push(await timed(() => database.preview({ place: null, migrations, extensions, applied: [] })));
  console.log(
    `${migrations.length} migrations read for a plan: ${percentile(times, 0.5).toFixed(0)} ms (wanted 300 or less)`,
  );
}

/** Rows as an application has them: keys, a time, a number, some text, two indexes. */
const rowsSql = `CREATE TABLE item (id bigint PRIMARY KEY, owner uuid NOT NULL, at timestamptz NOT NULL, amount numeric(12,2), title text NOT NULL, body text);
  CREATE INDEX item_at ON item (at);`;

async function measureData(): Promise<void> {
  await install([{ name: "1_init", sql: rowsSql }]);
  const client = new pg.Client({
    connectionString: postgres.url.replace(/\/[^/]*$/, `/${database.nameOf(place)}`),
  });
  await client.connect();
  await client.query(
    `INSERT INTO item SELECT i, gen_random_uuid(), now() - i * interval '1 second', i / 7.0, 'Title of item ' || i,
       repeat(md5(i::text) || ' ', 12) FROM generate_series(1, $1::int) i`,
    [megabytes * 2000],
  );
  await client.query("VACUUM ANALYZE item");
  const { rows } = await client.query<{ table: string; whole: string; oid: number }>(
    "SELECT pg_table_size('item') AS table, pg_database_size(current_database()) AS whole, oid FROM pg_database WHERE datname = current_database()",
  );
  await client.query("CHECKPOINT");
  await client.end();
  const [size] = rows;
  if (!size) return;
  await measureSnapshots(Number(size.table) / 1e6);
  await measureCopies(Number(size.whole) / 1e6, join(root, "postgres/base", String(size.oid)));
}

async function measureSnapshots(mb: number): Promise<void> {
  const file = join(root, "snapshot");
  const writes: number[] = [];
  const restores: number[] = [];
  for (let i = 0; i < Math.min(runs, 5); i++) {
    writes.push(await timed(() => database.snapshot({ place, version: "1.0.0", file })));
    await database.create({ place: copied, extensions });
    restores.push(await timed(() => database.restore({ place: copied, file })));
  }
  const rate = (times: number[]) => (mb / (p50(times) / 1000)).toFixed(0);
  console.log(`snapshot of ${mb.toFixed(0)} MB of rows: ${rate(writes)} MB/s (wanted 100 or more)`);
  console.log(`restore with its indexes: ${rate(restores)} MB/s (wanted 60 or more)`);
}

/** Beside `cp -r` of the same files on the same disk; going back is letting a database in that stands. */
async function measureCopies(mb: number, folder: string): Promise<void> {
  const copies: number[] = [];
  const plain: number[] = [];
  const back: number[] = [];
  for (let i = 0; i < Math.min(runs, 5); i++) {
    plain.push(await timed(() => cp(folder, join(root, `copy-${i}`), { recursive: true })));
    copies.push(await timed(() => database.copy({ module, from: 1, to: 2, extensions })));
    back.push(await timed(() => database.admit(place)));
  }
  const ratio = (p50(plain) / p50(copies)).toFixed(2);
  console.log(
    `copy of ${mb.toFixed(0)} MB: ${p50(copies).toFixed(0)} ms, ${ratio} of cp's rate (wanted 0.8 or more)`,
  );
  console.log(`a database that stands is let in again: ${p50(back).toFixed(0)} ms`);
}

try {
  await database.warm();
  await install(histories[0]?.migrations ?? []);
  await database.drop(place);
  console.log(`${describeMachine()}; p50 of ${runs} runs`);
  await measureHistories();
  await measurePlan();
  await measureData();
} finally {
  await database.close();
  await db.close();
  await postgres.stop();
  rmSync(root, { recursive: true, force: true });
}
