import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createHostDb, type HostDb } from "../../core/index.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../../core/postgres/index.ts";
import { onDatabase } from "../connections/login-url.ts";
import { asRuntime, create, installHistory, module, place, twoTables } from "../testing/worlds.ts";
import type { ModuleDatabase } from "../types.ts";

const dir = mkdtempSync(join(tmpdir(), "graft-server-"));
let server: EmbeddedPostgres;
let db: HostDb;
let modules: ModuleDatabase;

const query = async (database: string, ...statements: string[]) => {
  const client = new pg.Client({ connectionString: onDatabase(server.url, database) });
  await client.connect();
  for (const sql of statements) await client.query(sql);
  await client.end();
};

// What these need a server has once, or not by default.
beforeAll(async () => {
  const settings = { fsync: "off", max_prepared_transactions: "10" };
  server = await startEmbeddedPostgres({ dir: join(dir, "postgres"), settings });
  await query("postgres", "CREATE ROLE host LOGIN CREATEROLE CREATEDB PASSWORD 'host'");
  const url = new URL(server.url);
  [url.username, url.password] = ["host", "host"];
  db = createHostDb(url.href);
  modules = create(db);
});
afterAll(async () => {
  await db?.close();
  await server?.stop();
  rmSync(dir, { recursive: true, force: true });
});

test("transactions that a module prepared and left keep nobody from migrating, copying or dropping it", async () => {
  await installHistory(modules, twoTables);
  const prepare = (gid: string, sql: string) =>
    asRuntime(modules, (client) => client.query(`BEGIN; ${sql}; PREPARE TRANSACTION '${gid}'`));
  await prepare("it''s one", 'INSERT INTO "Poll"(title) VALUES (1)');
  await prepare("own row", "ALTER ROLE CURRENT_USER SET work_mem = '1MB'");
  await modules.admit(place);
  await prepare("two", "LOCK TABLE vote IN ROW EXCLUSIVE MODE");
  await modules.copy({ module, from: 1, to: 2, extensions: [] });
  await modules.admit(place);
  await prepare("three", "ALTER ROLE CURRENT_USER SET work_mem = '1MB'");
  await modules.drop({ module, database: 2 });
  await modules.drop(place);
  const { rows } = await db.pool.query(
    "SELECT gid AS left FROM pg_prepared_xacts UNION ALL SELECT rolname FROM pg_roles WHERE rolname LIKE '%polls%'",
  );
  expect(rows).toEqual([]);
});

test("what an administrator puts into the template for modules is in each of their databases", async () => {
  await query("postgres", "CREATE DATABASE graft_modules IS_TEMPLATE true");
  await query("graft_modules", "CREATE EXTENSION moddatetime");
  const extensions = ["moddatetime"];
  const asked = { place: null, migrations: [], extensions, applied: [] };
  expect(await modules.preview(asked)).toMatchObject({
    extensions: [{ name: "moddatetime", installed: true, trusted: false }],
    mayCreateUntrusted: false,
  });
  const sql = "CREATE EXTENSION IF NOT EXISTS moddatetime; CREATE TABLE t (id int)";
  await installHistory(modules, [{ name: "1", sql }], extensions);
  expect(await modules.inspect(place)).toMatchObject({ tables: [{ name: "t" }] });
});
