import type { Line } from "./compare-structures.ts";
import { splitName } from "./drop-sql.ts";

/** What a line says of a column, each part as SQL has it, empty where nothing is said. */
export interface Column {
  table: string;
  name: string;
  type: string;
  compression: string;
  generated: string;
  identity: string;
  /** Before PostgreSQL 18; from then on it is a constraint with a name. */
  notNull: boolean;
  inherited: boolean;
}

const parts =
  /^([\s\S]*?)(?: COMPRESSION (lz4|pglz))?( GENERATED ALWAYS AS \([\s\S]*\) (?:STORED|VIRTUAL))?( GENERATED (?:ALWAYS|BY DEFAULT) AS IDENTITY \([\s\S]*\))?( NOT NULL)?$/;

export const isColumn = ({ id }: Line): boolean => id.startsWith("column-of ");

export function readColumn({ object, sql }: Line): Column {
  const { table = "", last = "" } = splitName(object.name) ?? {};
  const [, type = "", compression = "", generated = "", identity = "", notNull] =
    parts.exec(sql.slice(last.length + 1)) ?? [];
  return {
    ...{ table, name: last, type, compression, generated, identity },
    notNull: notNull !== undefined,
    inherited: object.inherited === true,
  };
}

export function columnsOf(lines: Map<string, Line>, table: string): { line: Line; column: Column }[] {
  return [...lines.values()].filter(isColumn).flatMap((line) => {
    const column = readColumn(line);
    return column.table === table ? [{ line, column }] : [];
  });
}

/** From PostgreSQL 18 on: `NOT NULL title` under a name of its own. */
export function notNullsOf(
  lines: Map<string, Line>,
  table: string,
): { line: Line; name: string; column: string }[] {
  return [...lines.values()].flatMap((line) => {
    if (!line.id.startsWith("not-null ")) return [];
    const split = splitName(line.object.name);
    if (split?.table !== table) return [];
    return [
      { line, name: split.last, column: line.sql.replace(/^NOT NULL /, "").replace(/ NO INHERIT$/, "") },
    ];
  });
}
