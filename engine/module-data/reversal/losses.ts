import type pg from "pg";
import type { Line } from "./compare-structures.ts";
import { differences } from "./compare-structures.ts";
import { splitName } from "./drop-sql.ts";
import { countRows, shortName } from "./obstacle.ts";
import { presentNames } from "./rows-as-then.ts";
import type { LostRows } from "./types.ts";

/** What the reverse migration removes, with the query that counts what is in it. Names are as SQL has them, qualified. */
export interface Loss {
  kind: "table" | "column";
  name: string;
  countSql: string;
}

const kindOf = (line: Line) => line.id.split(" ")[0];
const nameOf = (line: Line) => line.id.slice(line.id.indexOf(" ") + 1);

/** @param named as `now`, where its renames have been undone: what has another name only is no loss */
export function findLosses(now: Map<string, Line>, target: Map<string, Line>, named = now): Loss[] {
  const { extra } = differences(named, target);
  const present = presentNames(now);
  const tables = new Set(extra.filter((line) => kindOf(line) === "table").map(nameOf));
  const losses: Loss[] = extra
    .filter((line) => kindOf(line) === "table")
    .map(present)
    .map((name) => ({
      kind: "table",
      name,
      countSql: countRows(name),
    }));
  for (const line of extra) {
    // What is worked out from other columns is no loss.
    const isWritten = kindOf(line) === "column-of" && !/ GENERATED ALWAYS AS \(/.test(line.sql);
    if (!isWritten || tables.has(splitName(nameOf(line))?.table ?? "")) continue;
    const name = present(line);
    const { table, last: column } = splitName(name) ?? {};
    if (!table || !column) continue;
    const preset = constantDefault(now.get(`2604 ${name}`)?.sql);
    const differs = preset === null ? "" : ` AND ${distinct(column, preset)}`;
    losses.push({
      kind: "column",
      name,
      countSql: `${countRows(table)} WHERE ${column} IS NOT NULL${differs}`,
    });
  }
  return losses;
}

/** What comes back without what the older version had in it: its tables without rows, columns with nothing or their defaults. */
export function findEmptied(now: Map<string, Line>, target: Map<string, Line>, named = now): Loss[] {
  const { missing } = differences(named, target);
  const present = presentNames(now);
  const tables = new Set(missing.filter((line) => kindOf(line) === "table").map(nameOf));
  return missing.flatMap((line): Loss[] => {
    if (tables.has(nameOf(line)) && kindOf(line) === "table")
      return [{ kind: "table", name: nameOf(line), countSql: "SELECT 0 AS rows" }];
    const table = splitName(nameOf(line))?.table ?? "";
    const standing = named.get(`table ${table}`);
    const isWritten = kindOf(line) === "column-of" && !/ GENERATED ALWAYS AS \(/.test(line.sql);
    if (!standing || !isWritten) return [];
    return [{ kind: "column", name: nameOf(line), countSql: countRows(present(standing)) }];
  });
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

/** On the owner's connection, in a transaction. */
export async function countLosses(client: pg.Client, losses: readonly Loss[]): Promise<LostRows[]> {
  const lost: LostRows[] = [];
  for (const { kind, name, countSql } of losses) {
    const { rows } = await client.query<{ rows: string }>(countSql);
    lost.push({ kind, name: shortName(name), rows: Number(rows[0]?.rows ?? 0) });
  }
  // Whole tables first.
  return lost.sort((a, b) => b.kind.localeCompare(a.kind) || (a.name < b.name ? -1 : 1));
}
