import { afterAll, afterEach, expect, test } from "vitest";
import {
  asRuntime,
  asSuperuser,
  createModestWorld,
  fingerprintOf,
  installHistory,
  place,
} from "../testing/worlds.ts";
import { columns } from "./testing/columns.ts";
import { constraints } from "./testing/constraints.ts";
import { type Construct, historyOf, named } from "./testing/construct.ts";
import { indexes } from "./testing/indexes.ts";
import { names } from "./testing/names.ts";
import { routines } from "./testing/routines.ts";
import { stuck } from "./testing/stuck.ts";
import { tables } from "./testing/tables.ts";
import { types } from "./testing/types.ts";
import { views } from "./testing/views.ts";

const world = await createModestWorld();
const { modules } = world;
const extensions = ["citext", "hstore"];
afterEach(() => modules.drop(place));
afterAll(() => world.end());

// Each group is one upgrade of one database: a way that is found for all of them is one for each.
test.each(Object.entries({ indexes, names, columns, types, routines, constraints, tables, views }))(
  "a way back over %s leads to what there was, with the rows written since",
  async (_, constructs: Construct[]) => {
    const { to, from, since } = historyOf(constructs);
    await installHistory(modules, to, extensions);
    const before = await structure(constructs);
    await modules.runHistory({ place, migrations: from, extensions });
    await asRuntime(modules, (client) => client.query(since));
    const answer = await modules.findReverseMigration({ place, extensions, from, to });
    if (answer.way === null) throw new Error(answer.reason);
    await (await modules.runReverseMigration({ place, way: answer.way })).commit();
    expect(await structure(constructs)).toEqual(before);
    await asSuperuser(world, async (client) => {
      for (const [at, { title, reads }] of constructs.entries()) {
        const read = async (sql: string) =>
          (await client.query({ text: named(sql, at), rowMode: "array" })).rows as unknown[][];
        expect(await read("SELECT id, title, n FROM @item ORDER BY id"), title).toEqual(threeRows);
        if (reads) expect(await read(reads[0]), title).toEqual(reads[1]);
      }
    });
  },
  60_000,
);

const threeRows = [
  [1, "a", 1],
  [2, "b", 2],
  [3, "c", 3],
];

/** Without rows; of columns that came anew without their place, and without whether a child has them of its own too. */
async function structure(constructs: readonly Construct[]): Promise<string[]> {
  const moved = constructs.flatMap(({ moves }, at) => (moves ? [named("@a", at).slice(0, -1)] : []));
  const lines = (await fingerprintOf(world)).filter((line) => !line.startsWith("rows "));
  const loosely = (line: string) =>
    line
      .replace(/^(column \["[^,]*", "[^,]*", )\d+/, "$1")
      .replace(/^((?:column|constraint) \[.*), (?:true|false), (\d+), (.*)$/, "$1, $2, $3");
  return lines.map((line) => (moved.some((prefix) => line.includes(prefix)) ? loosely(line) : line)).sort();
}

test("rows that the older version could not have are counted and named, and no way is offered while they are there", async () => {
  const { to, from, since } = historyOf(stuck);
  await installHistory(modules, to, extensions);
  await modules.runHistory({ place, migrations: from, extensions });
  await asRuntime(modules, (client) => client.query(since));
  const find = () => modules.findReverseMigration({ place, extensions, from, to });
  const { way, reason } = await find();
  expect(way).toBeNull();
  for (const [at, one] of stuck.entries())
    expect(reason, one.title).toMatch(new RegExp(named(one.stuck.source, at)));
  expect(reason?.split("; ")).toHaveLength(stuck.length + 1);
  const mend = stuck.map(({ mended = "DELETE FROM @item WHERE id > 2" }, at) => named(mended, at));
  await asRuntime(modules, (client) => client.query(mend.join(";")));
  const mended = await find();
  if (mended.way === null) throw new Error(mended.reason);
  await (await modules.runReverseMigration({ place, way: mended.way })).commit();
}, 60_000);
