import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createHostDb } from "../core/index.ts";
import { createTestDatabase } from "../core/testing/index.ts";
import { migrateHost } from "./host/migrate-host.ts";
import { create, failure, twoTables } from "./testing/worlds.ts";

test("a host without the rights is told the statements that grant them", async () => {
  const owner = await createTestDatabase();
  const role = `poor_${randomBytes(4).toString("hex")}`;
  await owner.db.pool.query(`CREATE ROLE ${role} LOGIN PASSWORD 'x'`);
  const url = new URL(owner.url);
  url.username = role;
  url.password = "x";
  const db = createHostDb(url.href);
  const error = await failure(create(db).checkServer());
  expect(error.code).toBe("DATABASE_RIGHTS_MISSING");
  expect(error.hint).toContain(`ALTER ROLE "${role}" CREATEROLE;`);
  expect(error.hint).toContain(`GRANT CREATE ON DATABASE "${url.pathname.slice(1)}" TO "${role}";`);
  await db.close();
  await owner.db.pool.query(`DROP ROLE ${role}`);
  await owner.close();
});

test("two hosts prepare, read and drop the same modules at once without meeting", async () => {
  const owner = await createTestDatabase();
  const second = createHostDb(owner.url);
  const hosts = [create(owner.db), create(second)];
  const names = ["a", "b", "c"];
  await Promise.all(
    hosts.flatMap((host) => names.map((name) => host.prepare({ module: name, extensions: ["citext"] }))),
  );
  const [first] = hosts;
  for (const name of names) {
    await (await first?.migrate({ module: name, migrations: twoTables }))?.commit();
  }
  const infos = await Promise.all(
    [...hosts, ...hosts].flatMap((host) => names.map((name) => host.inspect(name))),
  );
  expect(infos.map((info) => info.rows)).toEqual(Array(12).fill(2));
  await Promise.all(hosts.flatMap((host) => names.map((name) => host.drop(name))));
  expect(await first?.listModules()).toEqual([]);
  await second.close();
  await owner.close();
});

test("hosts that start together on an empty database migrate it once, whatever lock a module holds", async () => {
  const owner = await createTestDatabase();
  await owner.db.pool.query("DROP SCHEMA graft CASCADE; SELECT pg_advisory_lock(72707369)");
  const dir = join(import.meta.dirname, "../../prisma/migrations");
  const applied = await Promise.all([1, 2, 3].map(() => migrateHost(owner.url, dir)));
  const [first] = applied.filter((names) => names.length > 0);
  expect(applied.flat()).toEqual(first);
  expect(first?.length).toBeGreaterThan(0);
  await owner.close();
});

test("a server that is not there is reported as such, to be tried again", async () => {
  const db = createHostDb("postgresql://x:y@127.0.0.1:1/none");
  const error = await failure(create(db).checkServer());
  expect(error).toMatchObject({ code: "DATABASE_UNREACHABLE", retryable: true });
  await db.close();
});
