import { randomBytes } from "node:crypto";
import { type Extension, extensionsSql, toHomes } from "../connections/extensions.sql.ts";
import type { Naming } from "../connections/names.ts";
import type { OwnerConnections } from "../connections/owner-connections.ts";
import { inOrder } from "../migrations/history.ts";
import { prepareScripts } from "../migrations/sql/prepare-scripts.ts";
import { describeStructure } from "../snapshots/structure/read-structure.ts";
import type { MigrationFile } from "../types.ts";
import { differences, type Line, linesOf, sameStructure, structureDigest } from "./compare-structures.ts";
import { countLosses, findLosses, type Loss } from "./losses.ts";
import { prismaScripts } from "./prisma-reverse-migration.ts";
import { renaming, run, type Trial, type Trials } from "./trial.ts";
import type { ReverseMigration, ReverseMigrationAnswer, ReverseMigrationInput } from "./types.ts";
import { undoRenames } from "./undo-renames.ts";

export interface WayBackDeps {
  naming: Naming;
  owners: OwnerConnections;
  /** An empty schema with these migrations run and committed. */
  build(module: string, migrations: MigrationFile[], extensions: string[]): Promise<void>;
  drop(module: string): Promise<void>;
  listTrials(): Promise<string[]>;
}

/** No module is called so: its name has single dashes only. */
export const trialPrefix = "trial--";
const abandonedAfterMs = 10 * 60_000;

const cacheMax = 20;

interface Found {
  way: ReverseMigration;
  losses: Loss[];
}

/**
 * Looks for SQL that leads from one version's structure back to an older one's: the author's `down.sql` when every newer
 * migration has one, else Prisma's diff with what that does not see put right after it. Both versions are built in
 * schemas of their own and the SQL is run there: a way that does not end in exactly the older structure is none.
 * The module's own schema is only read.
 */
export function createWayBackFinder(deps: WayBackDeps) {
  // The same two histories always have the same way.
  const found = new Map<string, Promise<Found | string>>();
  return async (input: ReverseMigrationInput): Promise<ReverseMigrationAnswer> => {
    const key = JSON.stringify([input.module, input.extensions, input.from, input.to]);
    const pending = found.get(key) ?? search(deps, input);
    found.set(key, pending);
    pending.catch(() => found.delete(key));
    for (const old of [...found.keys()].slice(0, -cacheMax)) found.delete(old);
    const answer = await pending;
    if (typeof answer === "string") return { way: null, reason: answer };
    return deps.owners.use(input.module, async (client) => {
      await client.query("BEGIN READ ONLY");
      const { schema } = deps.naming.names(input.module);
      const now = linesOf(await describeStructure(client, schema), (text) => text);
      if (structureDigest(now) !== answer.way.from)
        return { way: null, reason: "its tables are not as its migrations made them" };
      const { lost, stuck } = await countLosses(client, schema, answer.losses);
      return stuck === null ? { way: answer.way, lost } : { way: null, reason: stuck };
    });
  };
}

async function search(deps: WayBackDeps, input: ReverseMigrationInput): Promise<Found | string> {
  const names = new Set(input.from.map(({ name }) => name));
  if (input.to.some(({ name }) => !names.has(name))) return "the older version has migrations of its own";
  await dropAbandoned(deps);
  const stamp = `${Date.now().toString(36)}-${randomBytes(3).toString("hex")}`;
  const older = `${trialPrefix}a${stamp}`;
  const newer = `${trialPrefix}b${stamp}`;
  try {
    await Promise.all([
      deps.build(older, input.to, input.extensions),
      deps.build(newer, input.from, input.extensions),
    ]);
    return await deps.owners.use(older, (old) =>
      deps.owners.use(newer, (client) =>
        compare(deps, input, { module: older, client: old }, { module: newer, client }),
      ),
    );
  } finally {
    await Promise.all([deps.drop(older), deps.drop(newer)]);
  }
}

async function compare(
  deps: WayBackDeps,
  input: ReverseMigrationInput,
  old: Trial,
  trial: Trial,
): Promise<Found | string> {
  const { client } = trial;
  const from = renaming(deps.naming, trial.module, input.module);
  const schema = deps.naming.names(trial.module).schema;
  await old.client.query("BEGIN READ ONLY");
  const target = linesOf(
    await describeStructure(old.client, deps.naming.names(old.module).schema),
    renaming(deps.naming, old.module, input.module),
  );
  await client.query("BEGIN");
  const start = linesOf(await describeStructure(client, schema), from);
  const gone = inOrder(input.from)
    .filter(({ name }) => !input.to.some((file) => file.name === name))
    .reverse();
  const trials: Trials = { naming: deps.naming, input, target, gone, old, trial, from };
  const wayOf = (by: ReverseMigration["by"], { scripts, named }: Way): Found => ({
    losses: findLosses(start, target, named),
    way: {
      by,
      scripts,
      migrations: gone.map(({ name }) => name),
      from: structureDigest(start),
      structure: structureDigest(target),
    },
  });
  const reasons: string[] = [];
  for (const [by, tryIt] of [
    ["author", authorsWay],
    ["prisma", renamedWay],
    ["prisma", diffsWay],
  ] as const) {
    await client.query("SAVEPOINT start");
    try {
      const way = await tryIt(trials);
      if (way === null) continue;
      const end = linesOf(await describeStructure(client, schema), from);
      if (sameStructure(end, target)) return wayOf(by, way);
      reasons.push(`${whose[by]} does not lead to ${nameDifference(end, target)} as it was`);
    } catch (error) {
      reasons.push(`${whose[by]} fails: ${(error as Error).message}`);
    }
    await client.query("ROLLBACK TO SAVEPOINT start");
  }
  return reasons.join("; ");
}

const whose = { author: "its author's down.sql", prisma: "Prisma's diff" };

interface Way {
  scripts: ReverseMigration["scripts"];
  /** The newer structure once renames are undone. */
  named?: Map<string, Line>;
}

/** Null unless something was renamed. Tables and columns keep their rows under the names that they had. */
async function renamedWay(trials: Trials): Promise<Way | null> {
  const { naming, gone, trial, from } = trials;
  const { schema } = naming.names(trial.module);
  const { rows } = await trial.client.query<Extension>(extensionsSql);
  const granted = { schema, extensions: toHomes(rows), fresh: true };
  const ran = (await prepareScripts(gone.toReversed(), granted)).flatMap(({ statements }) => statements);
  const renames = undoRenames(ran, schema);
  if (renames.length === 0) return null;
  const sql = `${renames.join(";\n")};\n`;
  await run(trial.client, [{ sql }]);
  const named = linesOf(await describeStructure(trial.client, schema), from);
  const scripts = [{ name: "Reverse migration: names", sql: from(sql) }, ...(await prismaScripts(trials))];
  return { scripts, named };
}

const diffsWay = async (trials: Trials): Promise<Way> => ({ scripts: await prismaScripts(trials) });

/** Null unless every newer migration has one. */
async function authorsWay({ naming, input, gone, trial }: Trials): Promise<Way | null> {
  if (gone.length === 0 || gone.some(({ down }) => down === undefined)) return null;
  const files = gone.map(({ name, down = "" }) => ({ name: `${name}/down.sql`, sql: down }));
  const { rows } = await trial.client.query<Extension>(extensionsSql);
  const prepare = (module: string) =>
    prepareScripts(files, {
      schema: naming.names(module).schema,
      extensions: toHomes(rows),
      fresh: true,
    });
  const scripts = await prepare(trial.module);
  const [problem] = scripts.flatMap(({ problems }) => problems);
  if (problem) throw new Error(`${problem.migration}, line ${problem.line}: ${problem.reason}`);
  await run(trial.client, scripts);
  return { scripts: (await prepare(input.module)).map(({ name, sql }) => ({ name, sql })) };
}

function nameDifference(now: Map<string, Line>, target: Map<string, Line>): string {
  const { extra, changed, missing } = differences(now, target);
  const all = [...extra, ...changed, ...missing];
  return all[0]
    ? `${all[0].id.slice(all[0].id.indexOf(" ") + 1)}${all.length > 1 ? ` and ${all.length - 1} more` : ""}`
    : "the structure";
}

/** What a host that died while it planned left behind. */
async function dropAbandoned(deps: WayBackDeps): Promise<void> {
  for (const trial of await deps.listTrials()) {
    const madeAt = Number.parseInt(trial.slice(trialPrefix.length + 1).split("-")[0] ?? "", 36);
    if (!(Date.now() - madeAt < abandonedAfterMs)) await deps.drop(trial);
  }
}
