import { mkdirSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { choosePart } from "../../../core/testing/choose-part.ts";
import { queryModule } from "../../../module-data/testing/query-module.ts";
import type { PlanChange } from "../../plan/index.ts";
import { type Scenario, scenarios, writeCrashModules } from "./crash-cases.ts";
import { type CrashWorld, createCrashWorld } from "./crash-host.ts";
import { type SystemState, systemState } from "./system-state.ts";

/** Either side of the moment at which a change has happened: every run kills there. */
const decisions = ["decide.before", "decide.after", "commit-module.after", "commit-host.after"];
const isDecision = (points: string[]) => points.length === 1 && decisions.includes(points[0] as string);

/** More than are kept, so that an upgrade prunes. */
const snapshotsBefore = 6;

/**
 * A test for each point and chain of these scenarios, on one world. The state before and the state after are taken
 * once, of hosts that nobody killed; a case begins where the one before it ended, or is brought back there.
 */
export function testCrashes(names: (keyof typeof scenarios)[]): void {
  let world: CrashWorld;
  beforeAll(async () => {
    world = await createCrashWorld();
    writeCrashModules(world.catalogDir);
    // The store has every module's files once a plan was made.
    await bringTo(world, [[{ action: "install", module: "alpha", version: "1.0.0" }]]);
    await bringTo(world, []);
  });
  afterAll(() => world?.close());

  for (const name of names) {
    const scenario: Scenario = scenarios[name];
    let before: SystemState;
    let after: SystemState;

    test(`${name}: without a crash it comes to an end`, async () => {
      await bringTo(world, scenario.setUp, scenario.edit);
      before = await settledState(world);
      await world.send(scenario.command);
      after = await settledState(world);
      if (scenario.fails) expect(after).toEqual(before);
      else expect(after).not.toEqual(before);
    }, 120_000);

    const all = [...scenario.points.map((point) => [point]), ...(scenario.chains ?? [])];
    const cases = choosePart(`kill points of ${name}`, all, { parts: 4, floor: isDecision });
    test.each(cases.map((points) => ({ first: points[0] as string, again: points.slice(1) })))(
      `${name}: killed at $first $again, all of it happened or nothing`,
      async ({ first, again }) => {
        await world.up();
        if (!matches(await systemState(world), before)) await bringTo(world, scenario.setUp, scenario.edit);
        expect(await settledState(world)).toEqual(before);
        if ([first, ...again].includes("prune.file.after")) await addSnapshots(world);
        await world.killAt(first, scenario.command);
        for (const point of again) await world.killAt(point, { do: "start" });
        await world.up();
        // A process that was replaced may still drain.
        await expect
          .poll(async () => closest(await systemState(world), before, after), { timeout: 60_000 })
          .toBeNull();
      },
      // As long as a machine shared with others needs for a dozen starts.
      300_000,
    );
  }
}

/** Once no process that was replaced drains any more: one for each module, and one socket for each process. */
async function settledState(world: CrashWorld): Promise<SystemState> {
  let state = await systemState(world);
  await expect
    .poll(
      async () => {
        state = await systemState(world);
        return {
          processes: state.processes.length,
          sockets: state.sockets,
          modules: new Set(state.processes).size,
        };
      },
      { timeout: 60_000 },
    )
    .toSatisfy(({ processes, sockets, modules }) => processes === modules && sockets === modules);
  return state;
}

const matches = (a: SystemState, b: SystemState) => JSON.stringify(a) === JSON.stringify(b);

/** Null when it is one of the two, else how it differs from the nearer one. */
function closest(now: SystemState, before: SystemState, after: SystemState): unknown {
  if (matches(now, before) || matches(now, after)) return null;
  const differences = [before, after].map((other) =>
    Object.entries(now).flatMap(([key, value]) => {
      const wanted = other[key as keyof SystemState];
      return JSON.stringify(value) === JSON.stringify(wanted) ? [] : [{ key, value, wanted }];
    }),
  );
  return differences.sort((a, b) => a.length - b.length)[0];
}

/** The modules that are there go with their data, then the scenario's own come. */
async function bringTo(world: CrashWorld, setUp: PlanChange[][], edit?: string): Promise<void> {
  await world.up();
  const { rows } = await world.database.db.pool.query("SELECT name FROM graft.modules ORDER BY name DESC");
  const all: PlanChange[] = rows.map(({ name }) => ({
    action: "uninstall",
    module: String(name),
    data: "delete",
  }));
  if (all.length > 0) expect((await world.apply(all)).error).toBeNull();
  // Exports of the cases before.
  await world.send({ do: "delete kept data" });
  for (const changes of setUp) expect((await world.apply(changes)).error).toBeNull();
  if (edit !== undefined) await queryModule(world.database, "alpha", edit);
}

/** As earlier upgrades would have left them. */
async function addSnapshots({ database, dataDir }: CrashWorld): Promise<void> {
  mkdirSync(`${dataDir}/snapshots`, { recursive: true });
  for (let i = 0; i < snapshotsBefore; i++) {
    const file = `snapshots/alpha-${crypto.randomUUID()}.graft`;
    writeFileSync(`${dataDir}/${file}`, "old");
    await database.db.prisma.keptData.create({
      // Of a day ago: a young file of no operation is one that somebody has just sent to restore.
      data: {
        ...{ module: "alpha", version: "0.9.0", digest: "sha256:0", kind: "snapshot", file },
        createdAt: new Date(Date.now() - 86_400_000),
      },
    });
  }
}
