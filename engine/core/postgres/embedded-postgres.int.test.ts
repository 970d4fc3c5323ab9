import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, expect, test } from "vitest";
import { silentLog } from "../log.ts";
import { keepEmbeddedPostgres } from "./keep-embedded-postgres.ts";
import { startEmbeddedPostgres } from "./start-embedded-postgres.ts";

const root = mkdtempSync(join(tmpdir(), "graft-embedded-"));
chmodSync(root, 0o711);
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function ask(url: string, sql: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows;
}

test("a server left running is taken over, with its rows; a stopped one starts again", async () => {
  const dir = join(root, "postgres");
  const first = await startEmbeddedPostgres({ dir });
  await ask(first.url, "CREATE TABLE t AS SELECT 7 AS n");

  const second = await startEmbeddedPostgres({ dir });
  expect(second.takenOver).toBe(true);
  expect(second.url).toBe(first.url);
  expect(await ask(second.url, "SELECT n FROM t")).toEqual([{ n: 7 }]);
  await second.stop();
  await expect(ask(second.url, "SELECT 1")).rejects.toThrow();

  const third = await startEmbeddedPostgres({ dir });
  expect(third.takenOver).toBe(false);
  expect(await ask(third.url, "SELECT n FROM t")).toEqual([{ n: 7 }]);
  await third.stop();
});

test("a server that dies while its host lives is started again, at the same address", async () => {
  const server = await keepEmbeddedPostgres({ dir: join(root, "kept"), log: silentLog });
  await ask(server.url, "CREATE TABLE t AS SELECT 7 AS n");
  process.kill(server.pid, "SIGKILL");
  await expect
    .poll(() => ask(server.url, "SELECT n FROM t").catch(() => null), { timeout: 20_000 })
    .toEqual([{ n: 7 }]);
  await server.stop();
  await expect(ask(server.url, "SELECT 1")).rejects.toThrow();
});

test("a wrong password is refused", async () => {
  const server = await startEmbeddedPostgres({ dir: join(root, "other") });
  await expect(ask(server.url.replace(/:[^:@]+@/, ":wrong@"), "SELECT 1")).rejects.toThrow(/password/);
  await server.stop();
});
