import { beforeAll, describe, expect, test } from "vitest";
import { undoRenames } from "../../reversal/undo-renames.ts";
import { deepFreeze } from "../../testing/deep-freeze.ts";
import { histories } from "../../testing/histories.ts";
import { judgeCompatibility } from "./compatibility.ts";
import { findDestructive } from "./destructive.ts";
import { loadParser } from "./parse.ts";
import { prepareScripts } from "./prepare-scripts.ts";
import { readScript } from "./read-script.ts";

beforeAll(loadParser);

test("a migration that was read is not read again; another name or another text is", () => {
  const file = { name: "1_init", sql: "CREATE TABLE a (id int)" };
  const read = readScript(file);
  expect(readScript({ ...file })).toBe(read);
  expect(readScript({ ...file, name: "2_again" })).not.toBe(read);
  expect(readScript({ ...file, sql: "CREATE TABLE b (id int)" }).pieces[0]?.statement.text).toBe(
    "CREATE TABLE b (id int)",
  );
});

test("what is no SQL is told again with its line", async () => {
  const file = { name: "1_init", sql: "SELECT 1;\nCREATE TABEL a ();" };
  const granted = { schema: "m_polls", extensions: {}, fresh: true };
  const [first] = await prepareScripts([file], granted);
  expect(first?.problems).toMatchObject([{ migration: "1_init", line: 2, statement: "CREATE TABEL a ();" }]);
  expect((await prepareScripts([file], granted))[0]?.problems).toEqual(first?.problems);
});

test("what was read longest ago goes first when the memory is full", () => {
  const file = (name: string) => ({ name, sql: `SELECT 1; -- ${"x".repeat(100_000)}` });
  const [old, used] = [readScript(file("old")), readScript(file("used"))];
  for (const name of ["3", "4", "5"]) readScript(file(name));
  expect(readScript(file("used"))).toBe(used);
  readScript(file("6"));
  expect(readScript(file("used"))).toBe(used);
  expect(readScript(file("old"))).not.toBe(old);
});

describe.each(histories)("the history of $name", ({ migrations }) => {
  const judged = async (schema: string) => {
    const scripts = await prepareScripts(migrations, { schema, extensions: {}, fresh: false });
    return {
      sql: scripts.map(({ sql }) => sql),
      verdicts: judgeCompatibility(scripts, false),
      lost: findDestructive(scripts, false),
      undone: undoRenames(
        scripts.flatMap(({ statements }) => statements),
        schema,
      ),
    };
  };

  test("is judged and rewritten the same from what was read before, and nothing changes that", async () => {
    const first = await judged("m_one");
    for (const file of migrations) deepFreeze(readScript(file));
    const second = await judged("m_two");
    expect(await judged("m_one")).toEqual(first);
    expect(second.sql).toEqual(first.sql.map((sql) => sql.replaceAll("m_one", "m_two")));
  });
});
