import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { silentLog } from "../../core/index.ts";
import { createModestWorld, installHistory, place, twoTables, type World } from "../testing/worlds.ts";
import { sameServer } from "./module-server.ts";
import { createRelief } from "./relieve-server.ts";

// Sessions of a module's process that outlive it, or leave nothing to others, on a server where the host is no superuser.

let world: World;
beforeAll(async () => {
  world = await createModestWorld();
  await installHistory(world.modules, twoTables);
});
afterAll(() => world?.end());

async function asProcess(): Promise<pg.Client & { connection: { stream: { destroy(): void } } }> {
  const client = new pg.Client({ connectionString: await world.modules.runtimeUrl(place) });
  client.on("error", () => {});
  await client.connect();
  return client as never;
}
const sessions = async () => {
  const { rows } = await world.owner.db.pool.query<{ query: string }>(
    "SELECT query FROM pg_stat_activity WHERE usename = $1 ORDER BY query",
    [world.modules.roles("polls").runtimeRole],
  );
  return rows.map(({ query }) => query);
};

test.runIf(process.platform === "linux")(
  "what a process left running ends with it, however long it told PostgreSQL not to look; a living one's goes on",
  async () => {
    const [living, gone] = [await asProcess(), await asProcess()];
    for (const one of [living, gone]) {
      await one.query("SET client_connection_check_interval = 0; SET statement_timeout = 0");
      await one.query("BEGIN; LOCK TABLE vote IN ROW EXCLUSIVE MODE");
    }
    const waiting = living.query("SELECT pg_sleep(60), 'living'").catch(() => {});
    gone.query("SELECT pg_sleep(60), 'gone'").catch(() => {});
    await expect.poll(sessions).toEqual(["SELECT pg_sleep(60), 'gone'", "SELECT pg_sleep(60), 'living'"]);
    gone.connection.stream.destroy();
    await world.modules.endDeserted();
    await expect.poll(sessions).toEqual(["SELECT pg_sleep(60), 'living'"]);
    living.connection.stream.destroy();
    await world.modules.endDeserted();
    await waiting;
    await expect.poll(sessions).toEqual([]);
  },
);

test("who takes more locks than anybody needs loses them, and comes back only when others had their turn", async () => {
  const relief = createRelief(sameServer(world.db), silentLog);
  // The session that looks is there before those whom it looks at.
  expect(await relief.relieve()).toBe(0);
  const greedy = await asProcess();
  await greedy.query("SELECT count(pg_advisory_lock(n)) FROM generate_series(1, 2100) n");
  const modest = await asProcess();
  await modest.query("SELECT count(pg_advisory_lock(n)) FROM generate_series(3001, 3100) n");
  expect(await relief.relieve()).toBe(1);
  expect(await relief.relieve()).toBe(0);
  await relief.close();
  await expect(greedy.query("SELECT 1")).rejects.toThrow();
  expect((await modest.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
  await expect(asProcess()).rejects.toMatchObject({ code: "53300" });
  // A host that starts lets in whom another had shut out.
  world.modules.watch();
  const comes = () =>
    asProcess().then(
      (one) => one.end().then(() => true),
      () => false,
    );
  await expect.poll(comes).toBe(true);
  await modest.end();
});
