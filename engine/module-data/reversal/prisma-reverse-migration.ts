import { parseStatements } from "../migrations/sql/parse.ts";
import { describeStructure } from "../snapshots/structure/read-structure.ts";
import { ranks, type StructureObject } from "../snapshots/structure/types.ts";
import {
  differences,
  dropSql,
  isReplaceable,
  type Line,
  linesOf,
  standsOnTables,
  tableOf,
} from "./compare-structures.ts";
import { prismaDiff } from "./prisma-diff.ts";
import { run, type Trials } from "./trial.ts";
import type { ReverseMigration } from "./types.ts";

/** What stands on tables goes first, then Prisma's SQL, then whatever still differs is put right. */
export async function prismaScripts({
  input,
  target,
  trial,
  old,
}: Trials): Promise<ReverseMigration["scripts"]> {
  const scripts: ReverseMigration["scripts"] = [];
  const step = async (name: string, statements: string[]) => {
    if (statements.length === 0) return;
    const sql = `${statements.join(";\n")};\n`;
    await run(trial, [{ sql }]);
    scripts.push({ name, sql });
  };
  await step(
    "Reverse migration: what depends on the tables",
    dropsBefore(await describeStructure(trial), target),
  );
  await trial.query("SET LOCAL search_path TO DEFAULT");
  await old.query("SET LOCAL search_path TO DEFAULT");
  const diff = withoutTransactions(await prismaDiff(trial, old, input.to))
    .trim()
    .replace(/;$/, "");
  const isEmpty = diff.replace(/--[^\n]*/g, "").trim() === "";
  await step("Reverse migration: Prisma's diff", isEmpty ? [] : [diff]);
  const now = linesOf(await describeStructure(trial));
  await step("Reverse migration: what the diff does not see", unseen(now, target));
  return scripts;
}

/** Prisma exchanges an enum between BEGIN and COMMIT; here everything is in one transaction already. */
function withoutTransactions(sql: string): string {
  const ends = parseStatements(sql).filter(({ node }) => node.TransactionStmt);
  return ends.reduceRight((text, { start, end }) => text.slice(0, start) + text.slice(end + 1), sql);
}

/** Drops that nothing stands on any more, then what is made or changed, in the order in which one needs another. */
function unseen(now: Map<string, Line>, target: Map<string, Line>): string[] {
  const { extra, changed, missing } = differences(now, target);
  const goes = new Set(
    [...extra, ...changed.filter(({ object }) => !isReplaceable(object))].map(({ id }) => id),
  );
  const drops = [...now.values()].filter(({ id }) => goes.has(id)).reverse();
  const comes = new Set([...missing, ...changed].map(({ id }) => id));
  const made = [...target.values()].filter(({ id, object }) => comes.has(id) && !isPartOfTable(object.key));
  // A type that only changed can be made when the one of its name is gone.
  const first = made.filter(({ id, object }) => object.rank === ranks.type && !now.has(id));
  const drop = (lines: Line[]) => lines.flatMap(({ object }) => dropSql(object) ?? []);
  return [
    ...drop(drops.filter(({ object }) => object.rank > ranks.table)),
    ...first.map(({ sql }) => sql),
    ...changed.flatMap(
      (line) => alterType(line, target.get(line.id)) ?? alterTable(line, target.get(line.id)) ?? [],
    ),
    ...drop(drops.filter(({ object }) => object.rank <= ranks.table)),
    ...made.filter((line) => !first.includes(line)).map(({ sql }) => sql),
    // Made anew they are empty, and cannot be read until filled.
    ...made.filter(({ sql }) => /^CREATE MATERIALIZED/.test(sql)).map(({ id }) => refresh(id)),
  ];
}

/** Tables and columns are Prisma's; their lines are for comparing and no statements. */
function isPartOfTable(key: string): boolean {
  return /^(column-of|table|not-null)\//.test(key);
}

const refresh = (id: string) => `REFRESH MATERIALIZED VIEW ${id.slice(id.indexOf(" ") + 1)}`;

/** Domains, collations and other types that Prisma has no word for: to its diff such a column is as it was. */
function alterType(now: Line, then: Line | undefined): string | null {
  if (!then?.id.startsWith("column-of ") || / GENERATED ALWAYS AS \(/.test(then.sql)) return null;
  const name = then.id.slice(then.id.indexOf(" ") + 1);
  const [, table, column] = /^([\s\S]*)\.("(?:[^"]|"")+"|[^."]+)$/.exec(name) ?? [];
  if (!table || !column) return null;
  const typeOf = ({ sql }: Line) =>
    sql.slice(column.length + 1).replace(/ (COMPRESSION (lz4|pglz)|GENERATED [\s\S]*|NOT NULL)/g, "");
  const type = typeOf(then);
  if (typeOf(now) === type) return null;
  const cast = type.replace(/ COLLATE [\s\S]*$/, "");
  return `ALTER TABLE ONLY ${table} ALTER COLUMN ${column} TYPE ${type} USING ${column}::${cast}`;
}

/** Storage parameters, and whether the table is logged: `r p fillfactor=80` as against `r u`. */
function alterTable(now: Line, then: Line | undefined): string | null {
  if (!then?.id.startsWith("table ")) return null;
  const name = then.id.slice("table ".length);
  const parameters = ({ sql }: Line) => sql.match(/\w+=[^\s,]+/g) ?? [];
  const gone = parameters(now).map((parameter) => parameter.split("=")[0]);
  const logged = ({ sql }: Line) => (sql.split(" ")[1] === "u" ? "UNLOGGED" : "LOGGED");
  const actions = [
    ...(gone.length > 0 ? [`RESET (${gone.join(", ")})`] : []),
    ...(parameters(then).length > 0 ? [`SET (${parameters(then).join(", ")})`] : []),
    ...(logged(now) === logged(then) ? [] : [`SET ${logged(then)}`]),
  ];
  return actions.length > 0 ? `ALTER TABLE ${name} ${actions.join(", ")}` : null;
}

/** Of those that are not as they shall be, with whatever stands on them. */
function dropsBefore(
  now: Awaited<ReturnType<typeof describeStructure>>,
  target: Map<string, Line>,
): string[] {
  const { extra, changed } = differences(linesOf(now), target);
  const goes = new Set(
    [...extra, ...changed].map(({ object }) => object).filter((object) => standsOnTables(object)),
  );
  // A column cannot change its type under a view, a rule, a trigger or a policy; constraints and indexes follow it.
  const altered = new Set(
    changed.filter(({ id }) => id.startsWith("column-of ")).map(({ object }) => object.key.split("/")[1]),
  );
  const isAltered = ({ key }: StructureObject) =>
    key.startsWith("1259/") && altered.has(key.slice("1259/".length));
  // Dependents come later in the order, so one pass finds them all.
  for (const object of now.objects) {
    const needs = [...(now.needs.get(object) ?? [])];
    const isHeld = !object.key.startsWith("2606/") && needs.some(isAltered);
    if (standsOnTables(object) && (isHeld || needs.some((other) => goes.has(other)))) goes.add(object);
  }
  const tables = new Set(extra.filter(({ id }) => id.startsWith("table ")).map(({ object }) => object.name));
  return now.objects
    .filter((object) => goes.has(object) && !tables.has(tableOf(object) ?? ""))
    .reverse()
    .flatMap((object) => dropSql(object) ?? []);
}
