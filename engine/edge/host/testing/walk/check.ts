import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import type { DataPlace } from "../../../../module-data/index.ts";
import { moduleDatabases } from "../../../../module-data/testing/query-module.ts";
import { descendantsOf } from "../count-resources.ts";
import { inData, placesOf } from "./data.ts";
import { type Model, setOf } from "./model.ts";
import { columnsAfter, migrationsOf, moduleNames } from "./modules.ts";
import type { World } from "./world.ts";

const settleWithinMs = 40_000;

/** Waits until the system is what the model says, in every place that could tell otherwise; @throws with the difference. */
export async function expectModel(world: World, model: Model): Promise<void> {
  const wanted = expected(model);
  const begin = Date.now();
  for (;;) {
    const found = await observe(world, model).catch((error: unknown) => error as Error);
    try {
      expect(found).toEqual(wanted);
      return;
    } catch (difference) {
      if (Date.now() - begin > settleWithinMs) throw difference;
      await sleep(50);
    }
  }
}

function expected(model: Model) {
  const running = Object.keys(model.modules).sort();
  return {
    generation: model.generation,
    registry: setOf(model),
    stored: setOf(model),
    recorded: model.generation === 0 ? [] : setOf(model),
    history: model.history,
    withData: Object.keys(model.data).sort(),
    strayDatabases: [],
    strayRoles: [],
    keptData: [...model.kept].sort(),
    rows: model.data,
    columns: [],
    running,
    processes: running,
    watched: running,
    answers: Object.fromEntries(moduleNames.map((name) => [name, expectedAnswer(model, name)])),
    access: Object.fromEntries(Object.entries(model.modules).map(([name, { access }]) => [name, access])),
    flags: Object.fromEntries(running.map((name) => [name, model.flags[name] ?? false])),
    unfinished: [],
    openTransactions: 0,
    strayFiles: [],
  };
}

function expectedAnswer(model: Model, name: string) {
  const module = model.modules[name];
  if (!module) return { host: 404, body: null, member: 404 };
  const { mode } = module.access;
  const body = { version: module.version, config: module.config };
  return { host: 200, body, member: mode === "nobody" ? 403 : 200 };
}

async function observe(world: World, model: Model) {
  const { engine } = world.host;
  const { pool } = world.database.db;
  const column = async (sql: string) =>
    (await pool.query<{ name: string }>(sql)).rows.map(({ name }) => name);
  const history: Record<number, string[]> = {};
  const generations = await pool.query<{ number: number; modules: { name: string; version: string }[] }>(
    "SELECT number, modules FROM graft.generations WHERE number > 0 ORDER BY number",
  );
  for (const { number, modules } of generations.rows)
    history[number] = modules.map(({ name, version }) => `${name} ${version}`).sort();
  const up = engine.runtime.list().filter(({ state }) => state === "running");
  return {
    generation: engine.registry.generation(),
    registry: engine.registry.list().map(({ name, version }) => `${name} ${version}`),
    stored: await column("SELECT name || ' ' || version AS name FROM graft.modules ORDER BY 1"),
    recorded: history[Math.max(0, ...Object.keys(history).map(Number))] ?? [],
    history,
    withData: [...(await placesOf(world)).keys()].sort(),
    strayDatabases: await strayDatabases(world),
    strayRoles: await column(
      `SELECT rolname AS name FROM pg_roles
       WHERE rolname LIKE 'graft\\_' || left(encode(sha256(convert_to(current_database(), 'UTF8')), 'hex'), 8) || '\\_%'
         AND regexp_replace(rolname, '^graft_[0-9a-f]+_(.*)_[or]$', '\\1') NOT IN (
           SELECT name FROM graft.modules WHERE database IS NOT NULL
           UNION SELECT module FROM graft.kept_data WHERE database IS NOT NULL)`,
    ),
    keptData: await column("SELECT module AS name FROM graft.kept_data WHERE kind = 'kept' ORDER BY 1"),
    rows: await rowsOf(world),
    columns: await wrongColumns(world, model),
    running: up.map(({ module }) => module).sort(),
    processes: descendantsOf(process.pid).flatMap((line) => /^graft:(\S+)/.exec(line)?.[1] ?? []),
    watched: engine.health
      .all()
      .map(({ module }) => module)
      .sort(),
    answers: Object.fromEntries(
      await Promise.all(moduleNames.map(async (name) => [name, await ask(world, name)] as const)),
    ),
    access: Object.fromEntries(
      Object.keys(model.modules).map((name) => [
        name,
        engine.flags.getAccess(name) ?? { mode: "nobody" as const },
      ]),
    ),
    flags: Object.fromEntries(Object.keys(model.modules).map((name) => [name, readFlag(world, name)])),
    unfinished: await column("SELECT status AS name FROM graft.operations WHERE finished_at IS NULL"),
    openTransactions: await openTransactions(world),
    strayFiles: await strayFiles(world),
  };
}

/** Databases that nothing names, and named ones that are not there. */
async function strayDatabases({ database }: World): Promise<string[]> {
  const { rows } = await database.db.pool.query<DataPlace>(
    `SELECT name AS module, database FROM graft.modules WHERE database IS NOT NULL
     UNION ALL SELECT module, database FROM graft.kept_data WHERE database IS NOT NULL`,
  );
  const named = rows.map((place) => `${place.module} ${place.database}`);
  const there = (await moduleDatabases(database)).map((place) => `${place.module} ${place.database}`);
  return [
    ...there.filter((name) => !named.includes(name)),
    ...named.filter((name) => !there.includes(name)).map((name) => `missing: ${name}`),
  ];
}

async function rowsOf(world: World): Promise<Record<string, number[]>> {
  const found = [...(await placesOf(world))].map(async ([name, place]) => {
    const rows = await inData<{ id: number }>(world, place, "SELECT id FROM items ORDER BY id");
    return [name, rows.map(({ id }) => id)] as const;
  });
  return Object.fromEntries(await Promise.all(found));
}

/** Tables that are not what their ledger says, and ledgers that lack a migration of the installed version. */
async function wrongColumns(world: World, model: Model): Promise<string[]> {
  const wrong: string[] = [];
  for (const [name, place] of await placesOf(world)) {
    const ledger = await inData<{ name: string }>(
      world,
      place,
      "SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL",
    );
    const columns = await inData<{ name: string }>(
      world,
      place,
      "SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'items' ORDER BY 1",
    );
    const applied = ledger.map((row) => row.name);
    const has = columns.map((row) => row.name).join();
    if (has !== columnsAfter(applied).join()) wrong.push(`${name} has ${has} after ${applied.join()}`);
    for (const needed of migrationsOf(name, model.modules[name]?.version ?? ""))
      if (!applied.includes(needed)) wrong.push(`${name} lacks ${needed}`);
  }
  return wrong;
}

async function ask(world: World, name: string) {
  const get = async (token: string) => {
    const answer = await fetch(`${world.host.url}/api/v1/${name}/x`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const text = await answer.text();
    return { status: answer.status, body: answer.status === 200 ? JSON.parse(text) : null };
  };
  const [host, member] = await Promise.all([get(world.hostToken()), get(world.memberToken)]);
  return { host: host.status, body: host.body, member: member.status };
}

function readFlag(world: World, name: string): boolean {
  const view = world.host.engine.flags.features.evaluate(`${name}.fast`, { targetingKey: "walk" });
  return view?.value === true;
}

/** But for the one that is open on purpose, to reach the server's locks when their table is full. */
async function openTransactions(world: World): Promise<number> {
  const { rows } = await world.database.db.pool.query<{ open: number }>(
    `SELECT count(*)::int AS open FROM pg_stat_activity
     WHERE state LIKE 'idle in transaction%' AND application_name <> 'graft-relief' AND (datname = current_database()
       OR datname LIKE 'm\\_%\\_' || left(encode(sha256(convert_to(current_database(), 'UTF8')), 'hex'), 8) || '\\_%')`,
  );
  return rows[0]?.open ?? 0;
}

/** Files that nothing lists, and listed ones that are not there. */
async function strayFiles(world: World): Promise<string[]> {
  const there = ["snapshots", "exports"].flatMap((dir) => {
    const path = join(world.dataDir, dir);
    return existsSync(path) ? readdirSync(path).map((file) => `${dir}/${file}`) : [];
  });
  const { rows } = await world.database.db.pool.query<{ file: string }>(
    "SELECT file FROM graft.kept_data WHERE file IS NOT NULL",
  );
  const listed = rows.map(({ file }) => file);
  return [
    ...there.filter((file) => !listed.includes(file)),
    ...listed.filter((file) => !there.includes(file)).map((file) => `missing: ${file}`),
  ];
}
