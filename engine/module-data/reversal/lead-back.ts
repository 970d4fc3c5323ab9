import pg from "pg";
import { type Described, describeStructure, readColumnEdges } from "../snapshots/structure/read-structure.ts";
import { ledgerTable, qualified, readRowTables } from "../snapshots/structure/rows.ts";
import { isColumn, readColumn } from "./columns.ts";
import { differences, type Line, linesOf } from "./compare-structures.ts";
import { runFirst } from "./convert.ts";
import { dropSql, isStateless } from "./drop-sql.ts";
import { findGoing, type Going } from "./find-going.ts";
import { type Named, readNames } from "./names.sql.ts";
import { findObstacles } from "./obstacles.ts";
import { asideOf, countOn, putBack, type Step } from "./put-back.ts";
import { changeRights, readRights, sameRights } from "./rights.ts";
import { readRules } from "./rules.sql.ts";
import { takeAway } from "./take-away.ts";
import type { Trials, Way } from "./trial.ts";
import { undoRenames } from "./undo-renames.ts";

/**
 * From the catalogues of both versions: names first, so that rows stay with what they are in; then what is new or otherwise
 * is taken away with all that stands on it, and what the older version has comes back from PostgreSQL's own definitions.
 */
export async function leadBack({ then, target, start, old, trial, seal }: Trials): Promise<Way> {
  const scripts: Way["scripts"] = [];
  const ran: string[] = [];
  const script = async (name: string, steps: readonly Step[]) => {
    if (steps.length === 0) return;
    await trial.query("SET LOCAL search_path TO DEFAULT; SET LOCAL check_function_bodies = off");
    const statements: string[] = [];
    for (const step of steps) statements.push(await runFirst(trial, step));
    ran.push(...statements);
    scripts.push({ name, sql: `${statements.join(";\n")};\n` });
  };
  const alone = (statements: string[]) => statements.map((sql) => [sql]);
  await emptyTables(trial);
  const [wasNamed, isNamed] = [await readNames(old), await readNames(trial)];
  const renames = undoRenames(isNamed, wasNamed);
  await script("Reverse migration: names", alone(renames));
  const now = renames.length === 0 ? start : await describeStructure(trial);
  const named = linesOf(now);
  const attributesOf = attributesIn(renames.length === 0 ? isNamed : await readNames(trial), wasNamed);
  const going = findGoing(now, await readColumnEdges(trial), target);
  const goes = takeAway(now, target, going);
  await script("Reverse migration: what goes", alone(goes));
  const present = goes.length === 0 ? named : linesOf(await describeStructure(trial));
  await script("Reverse migration: what comes back", [
    ...putBack({ then, target, present, going, attributesOf }),
    ...countOn(then, target, named),
  ]);
  await script("Reverse migration: what nothing is of any more", alone(leftovers(now, target, going)));
  // As it is sealed once it is done, else what was made anew would have other rights.
  await trial.query("RESET search_path");
  await trial.query(seal);
  const had = await readRights(old);
  await script("Reverse migration: rights", alone(await changeRights(trial, await readRights(trial), had)));
  if (!sameRights(await readRights(trial), had)) throw new Error("it leaves other rights than there were");
  const versions = { now: linesOf(start), named, target, usings: usingsIn(ran, target) };
  return { scripts, named, obstacles: findObstacles(versions, await readRules(old)) };
}

/** By what PostgreSQL took, of the expressions that were tried. */
function usingsIn(statements: readonly string[], target: Map<string, Line>): Map<string, string> {
  const usings = new Map<string, string>();
  for (const line of target.values()) {
    if (!isColumn(line)) continue;
    const { table, name, type } = readColumn(line);
    const start = `ALTER TABLE ${table} ALTER COLUMN ${name} TYPE ${type} USING `;
    const found = statements.find((sql) => sql.startsWith(start));
    if (found) usings.set(line.id, found.slice(start.length));
  }
  return usings;
}

/** Structure is what is tried; whether rows allow it is asked of the module's own. A trigger may keep them there. */
async function emptyTables(trial: pg.Client): Promise<void> {
  await trial.query("SET LOCAL search_path = pg_catalog, pg_temp");
  const tables = (await readRowTables(trial)).filter(({ name }) => name !== ledgerTable);
  if (tables.length > 0) await runFirst(trial, [`TRUNCATE ${tables.map(qualified).join(", ")}`, "SELECT"]);
}

/** Types, sequences, schemas and the like, once no column is of them. */
function leftovers(now: Described, target: Map<string, Line>, { exchanged }: Going): string[] {
  const extra = new Set(differences(linesOf(now), target).extra.map(({ object }) => object));
  return now.build.toReversed().flatMap((object) => {
    if (exchanged.has(object)) return `DROP TYPE ${asideOf(object.name)}`;
    return extra.has(object) && !isStateless(object) ? (dropSql(object) ?? []) : [];
  });
}

/** Those of a composite type as the older version has them, in order, by the names that they have once renames are undone. */
function attributesIn(now: Map<string, Named>, then: Map<string, Named>) {
  return (type: string): (string | null)[] => {
    const name = type.replace(/\[\]$/, "");
    const composite = [...then.values()].find(
      (one) =>
        one.kind === "type" &&
        `${pg.escapeIdentifier(one.schema)}.${pg.escapeIdentifier(one.name)}` ===
          name
            .split(".")
            .map((part) => (part.startsWith('"') ? part : pg.escapeIdentifier(part)))
            .join("."),
    );
    if (!composite) return [];
    const own = [...then.values()].filter(
      ({ kind, parent }) => kind === "attribute" && parent === composite.key,
    );
    const place = ({ key }: Named) => Number(key.split("/")[2]);
    return own
      .sort((a, b) => place(a) - place(b))
      .map(({ key }) => (now.has(key) ? pg.escapeIdentifier(now.get(key)?.name ?? "") : null));
  };
}
