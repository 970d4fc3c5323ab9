import type pg from "pg";
import type { Line } from "./compare-structures.ts";
import { differences } from "./compare-structures.ts";
import type { LostRows } from "./types.ts";

/** What the reverse migration removes, with the query that counts what is in it. Names are as SQL has them, qualified. */
export interface Loss {
  kind: "table" | "column" | "value" | "missing";
  name: string;
  countSql: string;
}

const kindOf = (line: Line) => line.id.split(" ")[0];
const nameOf = (line: Line) => line.id.slice(line.id.indexOf(" ") + 1);

/** @param named as `now`, where its renames have been undone: what has another name only is no loss */
export function findLosses(now: Map<string, Line>, target: Map<string, Line>, named = now): Loss[] {
  const { extra, changed } = differences(named, target);
  const present = presentNames(now);
  const tables = new Set(extra.filter((line) => kindOf(line) === "table").map(nameOf));
  const losses: Loss[] = extra
    .filter((line) => kindOf(line) === "table")
    .map(present)
    .map((name) => ({
      kind: "table",
      name,
      countSql: `SELECT pg_catalog.count(*) AS rows FROM ${name}`,
    }));
  for (const line of extra) {
    const isColumn = kindOf(line) === "column-of";
    if (!isColumn || tables.has(splitColumn(nameOf(line))?.table ?? "")) continue;
    const name = present(line);
    const found = splitColumn(name);
    if (!found) continue;
    const { table, column } = found;
    const preset = constantDefault(now.get(`2604 ${name}`)?.sql);
    const differs = preset === null ? "" : ` AND ${distinct(column, preset)}`;
    losses.push({
      kind: "column",
      name,
      countSql: `SELECT pg_catalog.count(*) AS rows FROM ${table} WHERE ${column} IS NOT NULL${differs}`,
    });
  }
  for (const line of changed) losses.push(...lostValues(line, named, target, present));
  return [...losses, ...missingValues(named, target, present)];
}

/** A column that comes back and must have a value in each row, which nobody can know. */
function missingValues(
  named: Map<string, Line>,
  target: Map<string, Line>,
  present: (line: Line) => string,
): Loss[] {
  const missing = [...target.values()].filter((line) => kindOf(line) === "column-of" && !named.has(line.id));
  return missing.flatMap((line) => {
    const found = splitColumn(nameOf(line));
    const table = found && [...named.values()].find(({ id }) => id === `table ${found.table}`);
    const isNeeded =
      isNotNull(line, target) && !/ GENERATED /.test(line.sql) && !target.has(`2604 ${nameOf(line)}`);
    if (!table || !isNeeded) return [];
    const countSql = `SELECT pg_catalog.count(*) AS rows FROM ${present(table)}`;
    return [{ kind: "missing" as const, name: nameOf(line), countSql }];
  });
}

/** From PostgreSQL 18 on NOT NULL is a constraint with a name. */
function isNotNull(line: Line, target: Map<string, Line>): boolean {
  if (/ NOT NULL\b/.test(line.sql)) return true;
  const found = splitColumn(nameOf(line));
  if (!found) return false;
  const { table, column } = found;
  return [...target.values()].some(
    ({ id, sql }) =>
      id.startsWith(`not-null ${table}.`) && sql.replace(/ NO INHERIT$/, "") === `NOT NULL ${column}`,
  );
}

/** How what a line is of is called in the module's tables as they are. */
function presentNames(now: Map<string, Line>): (line: Line) => string {
  const byKey = new Map([...now.values()].map((line) => [line.object.key, nameOf(line)]));
  return (line) => byKey.get(line.object.key) ?? nameOf(line);
}

/** Rows in an enum's value that the older version does not know keep it from coming back. */
function lostValues(
  line: Line,
  named: Map<string, Line>,
  target: Map<string, Line>,
  present: (line: Line) => string,
): Loss[] {
  if (kindOf(line) !== "1247" || !/ AS ENUM \(/.test(line.sql)) return [];
  const labels = (sql = "") => sql.slice(sql.indexOf(" AS ENUM (")).match(/'(?:[^']|'')*'/g) ?? [];
  const known = new Set(labels(target.get(line.id)?.sql));
  const gone = labels(line.sql).filter((label) => !known.has(label));
  if (gone.length === 0) return [];
  const type = nameOf(line);
  return [...named.values()].flatMap((other) => {
    if (kindOf(other) !== "column-of" || !target.has(other.id)) return [];
    if (!new RegExp(` ${escapeRegExp(type)}( |$)`).test(other.sql)) return [];
    const name = present(other);
    const found = splitColumn(name);
    if (!found) return [];
    return [
      {
        kind: "value" as const,
        name,
        countSql: `SELECT pg_catalog.count(*) AS rows FROM ${found.table} WHERE ${found.column}::pg_catalog.text IN (${gone.join(", ")})`,
      },
    ];
  });
}

const escapeRegExp = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

function splitColumn(name: string): { table: string; column: string } | null {
  const found = /^([\s\S]*)\.("(?:[^"]|"")+"|[^."]+)$/.exec(name);
  return found?.[1] && found[2] ? { table: found[1], column: found[2] } : null;
}

/** Only of a value that is the same in every row: what somebody wrote can then be told from what was there. */
function constantDefault(sql: string | undefined): string | null {
  const value = / SET DEFAULT ([\s\S]*)$/.exec(sql ?? "")?.[1];
  return value && /^\(?('(?:[^']|'')*'|-?[\d.]+|true|false)\)?(::[\w". []+\]?)?$/.test(value) ? value : null;
}

/** As text where the type has no operator for it (json) or one that is not on the search path (an extension's). */
function distinct(column: string, preset: string): string {
  const type = /::([^:']+)$/.exec(preset)?.[1] ?? "";
  if (!/\.|^(json|xml|point|polygon)\b|\[\]$/.test(type)) return `${column} IS DISTINCT FROM ${preset}`;
  return `${column}::pg_catalog.text IS DISTINCT FROM (${preset})::pg_catalog.text`;
}

const stuckBy = {
  value: (rows: number, name: string) =>
    `${rows} rows hold a value of ${name} that the older version does not know`,
  missing: (rows: number, name: string) =>
    `the column ${name} comes back, which may not be empty, and ${rows} rows have nothing to put there`,
};

/** On the owner's connection, in a transaction. `stuck`: why rows as they are cannot go back. */
export async function countLosses(
  client: pg.Client,
  losses: readonly Loss[],
): Promise<{ lost: LostRows[]; stuck: string | null }> {
  const lost: LostRows[] = [];
  let stuck: string | null = null;
  for (const { kind, name, countSql } of losses) {
    const { rows } = await client.query<{ rows: string }>(countSql);
    const count = Number(rows[0]?.rows ?? 0);
    const short = name.replace(/^public\./, "");
    if (kind === "table" || kind === "column") lost.push({ kind, name: short, rows: count });
    else if (count > 0) stuck ??= stuckBy[kind](count, short);
  }
  // Whole tables first.
  lost.sort((a, b) => b.kind.localeCompare(a.kind) || (a.name < b.name ? -1 : 1));
  return { lost, stuck };
}
