import { beforeAll, describe, expect, test } from "vitest";
import { deepFreeze } from "../../testing/deep-freeze.ts";
import { histories } from "../../testing/histories.ts";
import { judgeCompatibility } from "./compatibility.ts";
import { findDestructive } from "./destructive.ts";
import { noFacts } from "./facts.ts";
import { judgeScripts } from "./judge-scripts.ts";
import { loadParser } from "./parse.ts";
import { readScript } from "./read-script.ts";
import { whyNotInOneTransaction } from "./share-transaction.ts";

const granted = { extensions: [], trusted: new Set<string>(), forbiddenParameters: new Set<string>() };
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

test.each([4_000, 200_000])(
  "an expression of %i additions is refused as no SQL, and the parser goes on",
  (depth) => {
    const { error, parsed } = readScript({ name: `deep ${depth}`, sql: `SELECT ${"1+".repeat(depth)}1;` });
    expect([error?.message, parsed.statements]).toEqual([
      "an expression is nested too deeply to be read",
      [],
    ]);
    expect(readScript({ name: "after", sql: "SELECT 1;" }).parsed.statements).toHaveLength(1);
  },
);

test("what is no SQL is told again with its line", async () => {
  const file = { name: "1_init", sql: "SELECT 1;\nCREATE TABEL a ();" };
  const [first] = await judgeScripts([file], granted);
  expect(first?.problems).toMatchObject([{ migration: "1_init", line: 2, statement: "CREATE TABEL a ();" }]);
  expect((await judgeScripts([file], granted))[0]?.problems).toEqual(first?.problems);
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
  const judged = async () => {
    const scripts = await judgeScripts(migrations, granted);
    return {
      alone: whyNotInOneTransaction(scripts, noFacts),
      verdicts: judgeCompatibility(scripts, false),
      lost: findDestructive(scripts, false),
    };
  };

  test("is judged the same from what was read before, and nothing changes that", async () => {
    const first = await judged();
    for (const file of migrations) deepFreeze(readScript(file));
    expect(await judged()).toEqual(first);
  });
});
