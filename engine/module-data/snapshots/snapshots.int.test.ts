import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { beginReading } from "../connections/read-transaction.ts";
import { histories } from "../testing/histories.ts";
import { failure } from "../testing/worlds.ts";
import { checkSnapshot } from "./check-snapshot.ts";
import { compareWithSnapshot } from "./compare-snapshot.ts";
import { restoreSnapshot } from "./restore-snapshot.ts";
import { functionConstructs } from "./testing/function-constructs.ts";
import { noLongerValid } from "./testing/no-longer-valid.ts";
import { constructsOf18, objectConstructs } from "./testing/object-constructs.ts";
import { createOwnedDatabases } from "./testing/owned-databases.ts";
import { writeSnapshot } from "./write-snapshot.ts";

const databases = await createOwnedDatabases();
afterAll(() => databases.close());

test.each([...functionConstructs, ...objectConstructs, ...constructsOf18])(
  "a database with $name comes back with every object and row equal",
  async ({ sql }) => {
    const from = await databases.create();
    for (const part of sql) await from.run(part.replaceAll("RUNTIME", databases.roles.runtimeRole));
    const before = await from.fingerprint();
    const { to, restored, compared } = await databases.copy(from);
    expect(restored.notValid).toEqual([]);
    expect(await to.fingerprint()).toEqual(before);
    expect(compared).toEqual({ differences: [], notValid: [] });
  },
);

test.each(histories)("a database with the history of $name comes back equal", async ({ migrations }) => {
  const from = await databases.create();
  // What runs alone only is no matter here.
  const plain = (sql: string) => {
    const text = sql.replace(/^\uFEFF/, "").replace(/ CONCURRENTLY|^VACUUM .*$/gm, "");
    return /^SAVEPOINT/im.test(text) ? `BEGIN; ${text}; COMMIT` : text;
  };
  for (const { sql } of migrations) await from.run(plain(sql));
  const before = await from.fingerprint();
  const { to, restored, compared } = await databases.copy(from);
  expect(restored.notValid).toEqual([]);
  expect(await to.fingerprint()).toEqual(before);
  expect(compared.differences).toEqual([]);
});

test.each(noLongerValid)(
  "rows that $name forbids by now come back, and it is named",
  async ({ sql, names }) => {
    const from = await databases.create();
    for (const part of sql) await from.run(part);
    const rowsOf = async (lines: Promise<string[]>) =>
      (await lines).filter((line) => line.startsWith("rows "));
    const before = await rowsOf(from.fingerprint());
    const { to, restored, compared } = await databases.copy(from);
    expect(await rowsOf(to.fingerprint())).toEqual(before);
    expect(restored.notValid).toEqual(names);
    expect(compared).toEqual({ differences: [], notValid: names });
  },
);

test("values of a function that was replaced since are what it gives today, and that is said", async () => {
  const from = await databases.create();
  await from.run(
    `CREATE FUNCTION slug(t text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN lower(t); END $$;
     CREATE TABLE post (title text, slug text GENERATED ALWAYS AS (slug(title)) STORED); INSERT INTO post VALUES ('A');
     CREATE OR REPLACE FUNCTION slug(t text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN upper(t); END $$`,
  );
  const { restored, compared } = await databases.copy(from);
  expect(restored.notValid).toEqual(['"public"."post" (generated values)']);
  expect(compared.differences).toEqual(['generated values differ: "public"."post"']);
});

test("what is not as the file has it is named", async () => {
  const from = await databases.create();
  await from.run(
    `CREATE TABLE a (id serial PRIMARY KEY, v text); INSERT INTO a(v) VALUES ('x'), ('y'), ('z'); CREATE TABLE b (id int); INSERT INTO b VALUES (1); CREATE TABLE gone (id int)`,
  );
  const { to, file } = await databases.copy(from);
  const differences = async () => {
    const client = await to.connect();
    const found = await compareWithSnapshot(client, { file, roles: databases.roles });
    await client.end();
    return found.differences;
  };
  await to.run("UPDATE a SET v = 'x' WHERE id = 1");
  expect(await differences(), "the same rows in another order").toEqual([]);
  await to.run(
    `UPDATE a SET v = 'changed' WHERE id = 2; INSERT INTO b VALUES (1); DROP TABLE gone; SELECT nextval('a_id_seq'); SELECT lo_create(0);
     CREATE INDEX i ON b (id); GRANT SELECT ON b TO PUBLIC`,
  );
  const found = await differences();
  for (const part of [
    'rows differ: "public"."a"',
    'rows differ: "public"."b"',
    'rows are missing: "public"."gone"',
    "object is missing: CREATE TABLE public.gone",
    "object is not in the file: CREATE INDEX i",
    "sequence is missing",
    "large object is not in the file",
    "right is not in the file: GRANT SELECT ON TABLE public.b",
  ])
    expect(
      found.some((line) => line.startsWith(part)),
      part,
    ).toBe(true);
});

test("a file that is not whole or was changed is refused", async () => {
  const from = await databases.create();
  await from.run(
    "CREATE TABLE t (v text); INSERT INTO t SELECT md5(i::text) FROM generate_series(1, 2000) i",
  );
  const { file } = await databases.copy(from);
  const bytes = readFileSync(file);
  const middle = Buffer.from(bytes);
  middle.writeUInt8(middle.readUInt8(bytes.length >> 1) ^ 0xff, bytes.length >> 1);
  for (const [name, content] of Object.entries({
    cut: bytes.subarray(0, -20),
    half: bytes.subarray(0, 200),
    flipped: middle,
    empty: Buffer.alloc(0),
  })) {
    writeFileSync(file, content);
    const client = await (await databases.create()).connect();
    const error = await failure(restoreSnapshot(client, { file, roles: databases.roles }));
    expect(error.code, name).toBe("DIGEST_MISMATCH");
    expect((await failure(checkSnapshot(file))).code, name).toBe("DIGEST_MISMATCH");
    await client.end();
  }
});

const input = (file: string) => ({ module: "m", version: "1.0.0", file, roles: databases.roles });

test("a table that somebody holds is named, and the wait is short", async () => {
  const from = await databases.create();
  await from.run('CREATE TABLE free (id int); CREATE TABLE "Held" (id int)');
  const holder = await from.connect();
  await holder.query('BEGIN; LOCK TABLE "Held" IN ACCESS EXCLUSIVE MODE');
  const reading = await beginReading(await from.connect(), { lockTimeoutMs: 200 });
  const error = await failure(writeSnapshot(reading, input(join(tmpdir(), "none.graft"))));
  expect(error.code).toBe("TABLE_LOCKED");
  expect(error.details.tables).toEqual(['public."Held"']);
  expect(error.message).toContain('public."Held"');
  await holder.end();
});

test("rows are as of the moment that was opened; a table that was rewritten since is refused", async () => {
  const from = await databases.create();
  await from.run(
    "CREATE TABLE a (i int); CREATE TABLE b (i int); INSERT INTO a SELECT generate_series(1, 1000)",
  );
  const file = join(tmpdir(), `graft-moment-${process.pid}.graft`);
  const reading = await beginReading(await from.connect());
  await from.run("WITH moved AS (DELETE FROM a RETURNING i) INSERT INTO b SELECT i FROM moved");
  expect(await writeSnapshot(reading, input(file))).toMatchObject({ rows: 1000 });
  rmSync(file);
  const later = await beginReading(await from.connect());
  await from.run("TRUNCATE b");
  const error = await failure(writeSnapshot(later, input(file)));
  expect(error).toMatchObject({ code: "TABLE_LOCKED", retryable: true, details: { tables: ["public.b"] } });
});

test("a table that forces row security is locked only while it is read itself", async () => {
  const from = await databases.create();
  await from.run(
    `CREATE TABLE a_forced (id int); INSERT INTO a_forced VALUES (1); ALTER TABLE a_forced ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
     CREATE TABLE b_large (v text); INSERT INTO b_large SELECT repeat(md5(i::text), 100) FROM generate_series(1, 5000) i`,
  );
  const file = join(tmpdir(), `graft-forced-${process.pid}.graft`);
  const user = await from.connect();
  await user.query("SET lock_timeout = 5000");
  let pieces = 0;
  let used: Promise<unknown> | undefined;
  // The first piece is of the table that forces; from then on it is free.
  const onBytes = () => {
    pieces += 1;
    if (pieces === 2) used = user.query("LOCK TABLE a_forced IN ROW EXCLUSIVE MODE");
  };
  await user.query("BEGIN");
  const client = await from.connect();
  expect(await writeSnapshot(await beginReading(client), { ...input(file), onBytes })).toMatchObject({
    rows: 5001,
  });
  expect(pieces).toBeGreaterThan(2);
  await used;
  await user.end();
  await client.end();
  rmSync(file);
});
