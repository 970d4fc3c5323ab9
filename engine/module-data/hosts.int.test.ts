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
  expect(error.hint).toContain(`ALTER ROLE "${role}" CREATEDB;`);
  await db.close();
  await owner.db.pool.query(`DROP ROLE ${role}`);
  await owner.close();
});

test("two hosts make, read and drop the same modules at once without meeting", async () => {
  const owner = await createTestDatabase();
  const second = createHostDb(owner.url);
  const hosts = [create(owner.db), create(second)];
  const places = ["a", "b", "c"].map((name) => ({ module: name, database: 1 }));
  const [first] = hosts;
  await Promise.all([
    ...places.map((place, i) => hosts[i % 2]?.create({ place, extensions: ["citext"] })),
    ...hosts.map((host) => host.keepSpare()),
  ]);
  for (const place of places) await first?.runHistory({ place, migrations: twoTables, extensions: [] });
  const infos = await Promise.all(
    [...hosts, ...hosts].flatMap((host) => places.map((place) => host.inspect(place))),
  );
  expect(infos.map((info) => info.rows)).toEqual(Array(12).fill(2));
  await Promise.all(hosts.flatMap((host) => places.map((place) => host.admit(place))));
  await Promise.all(hosts.flatMap((host) => places.map((place) => host.drop(place))));
  expect(await first?.list()).toEqual([]);
  await first?.dropAll();
  await second.close();
  await owner.close();
});

test("two hosts of two databases on one server share module names and see nothing of each other", async () => {
  const owners = [await createTestDatabase(), await createTestDatabase()];
  const [one, two] = owners.map(({ db }) => create(db));
  if (!one || !two) throw new Error("no hosts");
  const place = { module: "polls", database: 1 };
  for (const host of [one, two]) {
    await host.create({ place, extensions: [] });
    await host.runHistory({ place, migrations: twoTables, extensions: [] });
  }
  await one.drop(place);
  expect(await one.list()).toEqual([]);
  expect(await two.inspect(place)).toMatchObject({ rows: 2 });
  await two.dropAll();
  for (const owner of owners) await owner.close();
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
