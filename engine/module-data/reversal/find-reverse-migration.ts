import { randomBytes } from "node:crypto";
import type pg from "pg";
import type { OwnerConnections } from "../connections/owner-connections.ts";
import type { ServerFacts } from "../connections/server-facts.ts";
import { inOrder } from "../migrations/history.ts";
import { judgeScripts } from "../migrations/sql/judge-scripts.ts";
import { describeStructure } from "../snapshots/structure/read-structure.ts";
import type { DataPlace, MigrationFile } from "../types.ts";
import { differences, type Line, linesOf, sameStructure, structureDigest } from "./compare-structures.ts";
import { leadBack } from "./lead-back.ts";
import { countLosses, findEmptied, findLosses, type Loss } from "./losses.ts";
import type { Obstacle } from "./obstacle.ts";
import { countObstacles } from "./obstacles.ts";
import { run, type Trials, type Way } from "./trial.ts";
import type { ReverseMigration, ReverseMigrationAnswer, ReverseMigrationInput } from "./types.ts";

export interface WayBackDeps {
  owners: OwnerConnections;
  facts(): Promise<ServerFacts>;
  /** What the host runs once migrations did. */
  seal(module: string): string;
  /** Databases of the module's for trying things in, by their stamps. */
  trials: {
    /** With these migrations run. @param like a copy of this one, in which some ran already */
    build(
      stamp: string,
      input: { place: DataPlace; migrations: MigrationFile[]; extensions: string[]; like?: string },
    ): Promise<void>;
    nameOf(stamp: string): string;
    drop(stamp: string): Promise<void>;
    list(): Promise<string[]>;
  };
}

const abandonedAfterMs = 10 * 60_000;

const cacheMax = 20;

interface Found {
  way: ReverseMigration;
  losses: Loss[];
  emptied: Loss[];
  obstacles: Obstacle[];
}

/**
 * Looks for SQL that leads from one version's structure back to an older one's: the author's `down.sql` when every newer
 * migration has one, else what the catalogues of both tell. Both versions are built in
 * databases of their own and the SQL is run there: a way that does not end in exactly the older structure is none.
 * The module's own database is only read.
 */
export function createWayBackFinder(deps: WayBackDeps) {
  // The same two histories always have the same way.
  const found = new Map<string, Promise<Found | string>>();
  return async (input: ReverseMigrationInput): Promise<ReverseMigrationAnswer> => {
    const key = JSON.stringify([input.place.module, input.extensions, input.from, input.to]);
    const pending = found.get(key) ?? search(deps, input);
    found.set(key, pending);
    pending.catch(() => found.delete(key));
    for (const old of [...found.keys()].slice(0, -cacheMax)) found.delete(old);
    // Whatever goes wrong here concerns this way alone: a database that stands from before needs none of it.
    const answer = await pending.catch(
      (error) => `its versions cannot be built to try it: ${(error as Error).message}`,
    );
    if (typeof answer === "string") return { way: null, reason: answer };
    return askRows(deps, input, answer).catch((error) => ({
      way: null,
      reason: `its rows cannot be asked whether they can go back: ${(error as Error).message}`,
    }));
  };
}

/** Whether what it was tried on is what stands, and whether the rows in it allow it. */
function askRows(
  { owners }: WayBackDeps,
  { place }: ReverseMigrationInput,
  { way, losses, emptied, obstacles }: Found,
): Promise<ReverseMigrationAnswer> {
  return owners.use(place, async (client) => {
    await client.query("BEGIN READ ONLY");
    const now = linesOf(await describeStructure(client));
    if (structureDigest(now) !== way.from)
      return { way: null, reason: "its tables are not as its migrations made them" };
    const stuck = await countObstacles(client, obstacles);
    if (stuck !== null) return { way: null, reason: stuck };
    return { way, lost: await countLosses(client, losses), emptied: await countLosses(client, emptied) };
  });
}

async function search(deps: WayBackDeps, input: ReverseMigrationInput): Promise<Found | string> {
  const { owners, trials } = deps;
  const { place, extensions } = input;
  const names = new Set(input.from.map(({ name }) => name));
  if (input.to.some(({ name }) => !names.has(name))) return "the older version has migrations of its own";
  await dropAbandoned(deps);
  const stamp = `${Date.now().toString(36)}_${randomBytes(3).toString("hex")}`;
  const older = `${stamp}a`;
  const newer = `${stamp}b`;
  try {
    await trials.build(older, { place, extensions, migrations: input.to });
    await trials.build(newer, { place, extensions, migrations: input.from, like: older });
    const onTrial = <T>(one: string, work: (client: pg.Client) => Promise<T>) =>
      owners.use(place, work, { in: trials.nameOf(one) });
    const { trusted } = await deps.facts();
    const seal = deps.seal(place.module);
    return await onTrial(older, (old) =>
      onTrial(newer, (trial) => compare({ input, old, trial, trusted, seal })),
    );
  } finally {
    await Promise.all([trials.drop(older), trials.drop(newer)]);
  }
}

async function compare({
  input,
  old,
  trial,
  trusted,
  seal,
}: Omit<Trials, "then" | "target" | "start" | "gone">): Promise<Found | string> {
  await old.query("BEGIN READ ONLY");
  const then = await describeStructure(old);
  const target = linesOf(then);
  await trial.query("BEGIN");
  const start = await describeStructure(trial);
  const lines = linesOf(start);
  const gone = inOrder(input.from)
    .filter(({ name }) => !input.to.some((file) => file.name === name))
    .reverse();
  const trials: Trials = { input, then, target, start, gone, old, trial, trusted, seal };
  const wayOf = (by: ReverseMigration["by"], { scripts, named, obstacles = [] }: Way): Found => ({
    obstacles,
    losses: findLosses(lines, target, named),
    emptied: findEmptied(lines, target, named),
    way: {
      by,
      scripts,
      migrations: gone.map(({ name }) => name),
      from: structureDigest(lines),
      structure: structureDigest(target),
    },
  });
  const reasons: string[] = [];
  for (const [by, tryIt] of [
    ["author", authorsWay],
    ["graft", leadBack],
  ] as const) {
    await trial.query("SAVEPOINT start");
    try {
      const way = await tryIt(trials);
      if (way === null) continue;
      const end = linesOf(await describeStructure(trial));
      if (sameStructure(end, target)) return wayOf(by, way);
      reasons.push(`${whose[by]} does not lead to ${nameDifference(end, target)} as it was`);
    } catch (error) {
      reasons.push(`${whose[by]} fails: ${(error as Error).message}`);
    }
    await trial.query("ROLLBACK TO SAVEPOINT start");
  }
  return reasons.join("; ");
}

const whose = { author: "its author's down.sql", graft: "what the catalogues tell" };

const noGrants = { extensions: [], trusted: new Set<string>(), forbiddenParameters: new Set<string>() };

/** Null unless every newer migration has one. */
async function authorsWay({ input, gone, trial, trusted }: Trials): Promise<Way | null> {
  if (gone.length === 0 || gone.some(({ down }) => down === undefined)) return null;
  const files = gone.map(({ name, down = "" }) => ({ name: `${name}/down.sql`, sql: down }));
  const scripts = await judgeScripts(files, { ...noGrants, trusted, extensions: input.extensions });
  const [problem] = scripts.flatMap(({ problems }) => problems);
  if (problem) throw new Error(`${problem.migration}, line ${problem.line}: ${problem.reason}`);
  const ending = scripts.flatMap(({ statements }) => statements).find(({ node }) => node.TransactionStmt);
  if (ending) throw new Error(`line ${ending.line} begins or ends a transaction, which it is already in`);
  await run(trial, scripts);
  return { scripts: scripts.map(({ name, sql }) => ({ name, sql })) };
}

function nameDifference(now: Map<string, Line>, target: Map<string, Line>): string {
  const { extra, changed, missing } = differences(now, target);
  const all = [...extra, ...changed, ...missing];
  return all[0]
    ? `${all[0].id.slice(all[0].id.indexOf(" ") + 1)}${all.length > 1 ? ` and ${all.length - 1} more` : ""}`
    : "the structure";
}

/** What a host that died while it planned left behind. */
async function dropAbandoned({ trials }: WayBackDeps): Promise<void> {
  for (const stamp of await trials.list()) {
    const madeAt = Number.parseInt(stamp.split("_")[0] ?? "", 36);
    if (!(Date.now() - madeAt < abandonedAfterMs)) await trials.drop(stamp);
  }
}
