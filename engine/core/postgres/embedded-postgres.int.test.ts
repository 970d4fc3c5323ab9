import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, expect, test } from "vitest";
import { silentLog } from "../log.ts";
import { closedFolder, postgresAccount } from "./account.ts";
import { runnableBinaries } from "./binaries.ts";
import { copyBinaries } from "./copy-binaries.ts";
import { keepEmbeddedPostgres } from "./keep-embedded-postgres.ts";
import { runAs } from "./run-as.ts";
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

const isRoot = process.getuid?.() === 0;

test.skipIf(!isRoot)(
  "for root, data in a folder that PostgreSQL's account may not enter is made, served, and starts again (skipped: not root)",
  async () => {
    const closed = join(root, "closed");
    mkdirSync(closed, { mode: 0o700 });
    const dir = join(closed, "data/postgres");
    const first = await startEmbeddedPostgres({ dir });
    await ask(first.url, "CREATE TABLE t AS SELECT 7 AS n");
    await first.stop();
    const second = await startEmbeddedPostgres({ dir });
    // A backend that starts now finds its files by the same way.
    expect(await ask(second.url, "SELECT n FROM t")).toEqual([{ n: 7 }]);
    await second.stop();

    const account = postgresAccount();
    expect(closedFolder(dir, account as NonNullable<typeof account>)).toBe(closed);
    expect(statSync(closed).mode & 0o777).toBe(0o700);
    for (const path of [dir, `${dir}.password`]) expect(statSync(path).uid).toBe(account?.uid);
    expect(statSync(dir).mode & 0o777).toBe(0o700);
    expect(statSync(`${dir}.password`).mode & 0o777).toBe(0o600);
  },
);

test.skipIf(!isRoot)(
  "for root, a copy of the programs serves as well as the package does (skipped: not root)",
  async () => {
    const account = postgresAccount();
    if (!account) throw new Error("root has an account");
    const { postgres } = await runnableBinaries(null);
    const copy = copyBinaries(join(postgres, "../.."), account, join(root, "shared"));
    const { dataPath, ...as } = runAs(account, root);
    expect(dataPath).toBe(root);
    const out = execFileSync(join(copy, "bin/postgres"), ["--version"], { ...as, encoding: "utf8" });
    expect(out).toMatch(/^postgres \(PostgreSQL\) 18/);
  },
);
