import { columnsOf } from "./columns.ts";
import type { Line } from "./compare-structures.ts";

export interface Versions {
  /** As the tables are. */
  now: Map<string, Line>;
  /** The same once renames are undone. */
  named: Map<string, Line>;
  target: Map<string, Line>;
  /** For a column's line, by what expression it changes its type. */
  usings: Map<string, string>;
}

/** What a thing is called in the module's tables as they are. */
export function presentNames(now: Map<string, Line>): (line: Line) => string {
  const byKey = new Map([...now.values()].map(({ object }) => [object.key, object.name]));
  return ({ object }) => byKey.get(object.key) ?? object.name;
}

/**
 * A query for the rows of a table as the older version would have them: under its names, in its types, with its defaults in
 * what comes back. Null where the table comes back itself, without rows.
 */
export function rowsAsThen({ now, named, target, usings }: Versions, table: string): string | null {
  const line = named.get(`table ${table}`);
  if (!line) return null;
  const present = presentNames(now);
  const standing = columnsOf(named, table);
  const isThere = new Set(standing.map(({ line: { id } }) => id));
  const localName = (one: Line) => present(one).slice(present(line).length + 1);
  const called = standing.map((one) => `${localName(one.line)} AS ${one.column.name}`);
  const inner = `SELECT ctid AS graft_row, ${called.join(", ") || "1"} FROM ${line.sql.startsWith("p ") ? "" : "ONLY "}${present(line)}`;
  const wanted = columnsOf(target, table);
  const isComputed = ({ line: { id }, column }: (typeof wanted)[number]) =>
    column.generated !== "" &&
    column.generated !== standing.find((one) => one.line.id === id)?.column.generated;
  const values = wanted
    .filter((one) => !isComputed(one))
    .map(({ line: { id }, column }) => {
      const value = isThere.has(id) ? (usings.get(id) ?? column.name) : presetOf(target, id, column.type);
      return `${value} AS ${column.name}`;
    });
  const then = `SELECT ${["graft_row", ...values].join(", ")} FROM (${inner}) AS present`;
  const computed = wanted
    .filter(isComputed)
    .map(
      ({ column }) =>
        `${column.generated.replace(/^ GENERATED ALWAYS AS ([\s\S]*) (STORED|VIRTUAL)$/, "$1")} AS ${column.name}`,
    );
  return computed.length === 0 ? then : `SELECT *, ${computed.join(", ")} FROM (${then}) AS then`;
}

/** A sequence gives each row a number of its own, which asking must not use up. */
function presetOf(target: Map<string, Line>, id: string, type: string): string {
  const preset = / SET DEFAULT ([\s\S]*)$/.exec(
    target.get(id.replace("column-of ", "2604 "))?.sql ?? "",
  )?.[1];
  return preset && !/\bnextval\(/.test(preset) ? preset : `NULL::${type.replace(/ COLLATE [\s\S]*$/, "")}`;
}
