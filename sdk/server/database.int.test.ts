import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { createModuleDatabase, type ModuleTestDatabase } from "../testing/index.ts";
import { createDatabase, type Database } from "./database.ts";
import { toProblem } from "./problem.ts";

let empty: string;
let server: ModuleTestDatabase;
let sql: Database;
beforeAll(async () => {
  empty = await mkdtemp(join(tmpdir(), "graft-sql-"));
  server = await createModuleDatabase(inject("postgresUrl"), { schema: "m_probe", migrations: empty });
  sql = createDatabase(server.url, "probe");
  await sql`CREATE TABLE notes (id int PRIMARY KEY, text text)`;
});
afterAll(async () => {
  await sql.close();
  await server.drop();
  await rm(empty, { recursive: true });
});

describe("sql", () => {
  it("sends interpolated values as parameters, whatever they hold", async () => {
    const text = "'); DROP TABLE notes; --";
    await sql`INSERT INTO notes VALUES (${1}, ${text})`;
    expect(await sql`SELECT text FROM notes WHERE id = ${1}`).toEqual([{ text }]);
  });

  it("gives counts as numbers and integers beyond their reach exactly", async () => {
    const [row] = await sql<{
      small: number;
      large: bigint;
    }>`SELECT 7::int8 AS small, 9007199254740993::int8 AS large`;
    expect(row).toEqual({ small: 7, large: 9007199254740993n });
  });

  it("keeps nothing of a transaction that throws, and its connection usable", async () => {
    const failing = sql.transaction(async (tx) => {
      await tx`INSERT INTO notes VALUES (2, 'gone')`;
      throw new Error("changed my mind");
    });
    await expect(failing).rejects.toThrow("changed my mind");
    expect(await sql`SELECT * FROM notes WHERE id = 2`).toEqual([]);
    await sql.transaction((tx) => tx`INSERT INTO notes VALUES (3, 'kept')`);
    expect(await sql`SELECT id FROM notes WHERE id = 3`).toEqual([{ id: 3 }]);
  });

  it("comes back by itself after the server ended its connections", async () => {
    await sql`SELECT 1`;
    const other = createDatabase(server.url, "other");
    await other`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'probe'`;
    await other.close();
    await expect.poll(() => sql`SELECT 1 AS one`.catch(() => null)).toEqual([{ one: 1 }]);
  });

  it("names the manifest's section when there is no database at all", async () => {
    await expect(createDatabase(null, "bare")`SELECT 1`).rejects.toThrow(/"database" section/);
  });

  it("makes an unreachable server a 503 that says so", async () => {
    const nowhere = createDatabase("postgres://nobody@127.0.0.1:1/none", "probe");
    const error = await nowhere`SELECT 1`.catch((cause: unknown) => cause);
    expect(toProblem(error, null)).toMatchObject({ status: 503, code: "SERVICE_UNAVAILABLE" });
    const mistake = await sql`SELECT nonsense`.catch((cause: unknown) => cause);
    expect(toProblem(mistake, null)).toMatchObject({ status: 500, code: "INTERNAL" });
  });
});
