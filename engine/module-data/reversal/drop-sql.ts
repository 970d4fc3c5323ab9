import { ranks, type StructureObject } from "../snapshots/structure/types.ts";

export const catalogueOf = ({ key }: StructureObject): string => key.split("/")[0] ?? "";

const catalogues: Record<string, string> = {
  "1247": "TYPE",
  "1255": "ROUTINE",
  "2605": "CAST",
  "2607": "CONVERSION",
  "2615": "SCHEMA",
  "2617": "OPERATOR",
  "3079": "EXTENSION",
  "3381": "STATISTICS",
  "3456": "COLLATION",
  "3600": "TEXT SEARCH DICTIONARY",
  "3602": "TEXT SEARCH CONFIGURATION",
};
const onTables: Record<string, string> = { "2618": "RULE", "2620": "TRIGGER", "3256": "POLICY" };
const lastName = /^([\s\S]*)\.("(?:[^"]|"")+"|[^."]+)$/;

/** `schema.table` and `name`, each as SQL has it. */
export function splitName(name: string): { table: string; last: string } | null {
  const [, table, last] = lastName.exec(name) ?? [];
  return table && last ? { table, last } : null;
}

/** The statement that takes an object away; null where none does. */
export function dropSql(object: StructureObject): string | null {
  const { rank, name, sql } = object;
  const catalogue = catalogueOf(object);
  const simple = catalogues[catalogue];
  if (simple) return `DROP ${simple} ${name}`;
  if (catalogue === "1259") {
    if (rank === ranks.table) return `DROP TABLE IF EXISTS ${name}`;
    if (rank === ranks.view)
      return `DROP ${/^CREATE MATERIALIZED/.test(sql) ? "MATERIALIZED " : ""}VIEW ${name}`;
    return `DROP ${rank === ranks.sequence ? "SEQUENCE IF EXISTS" : "INDEX"} ${name}`;
  }
  const split = splitName(name);
  const onTable = onTables[catalogue];
  if (onTable && split) return `DROP ${onTable} ${split.last} ON ${split.table}`;
  if (catalogue === "2606" && split) return `ALTER TABLE ${split.table} DROP CONSTRAINT ${split.last}`;
  if (catalogue === "2604") return sql.replace(/ SET DEFAULT [\s\S]*$/, " DROP DEFAULT");
  if (object.key === "comment/public") return "COMMENT ON SCHEMA public IS 'standard public schema'";
  if (catalogue === "comment")
    return sql.replace(/^(COMMENT ON [\s\S]*?) IS (?:E?'|NULL)[\s\S]*$/, "$1 IS NULL");
  if (catalogue === "attach") return detachSql(object);
  return unsetSql(catalogue, name, sql);
}

function detachSql({ name, sql }: StructureObject): string | null {
  const parent = /^ALTER TABLE ONLY ([\s\S]*) ATTACH PARTITION /.exec(sql)?.[1];
  return parent ? `ALTER TABLE ${parent} DETACH PARTITION ${name}` : null;
}

/** Settings of a table or column back to what they are when nobody sets them. */
function unsetSql(kind: string, name: string, sql: string): string | null {
  if (kind === "security")
    return `ALTER TABLE ONLY ${name} DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY`;
  if (kind === "identity") return `ALTER TABLE ONLY ${name} REPLICA IDENTITY DEFAULT`;
  if (kind === "of-type") return `ALTER TABLE ONLY ${name} NOT OF`;
  if (kind === "owned") return `ALTER SEQUENCE ${name} OWNED BY NONE`;
  if (kind === "cluster") return sql.replace(/ CLUSTER ON ("(?:[^"]|"")+"|\S+)$/, " SET WITHOUT CLUSTER");
  if (kind === "column")
    return sql
      .replace(/ SET STORAGE [A-Z]+/, " SET STORAGE DEFAULT")
      .replace(/ SET STATISTICS \d+/, " SET STATISTICS -1")
      .replace(/ SET \([^)]*\)$/, " RESET (n_distinct, n_distinct_inherited)");
  return null;
}

/** What can be written over in place; everything else goes before it comes anew. */
export function isReplaceable(now: StructureObject, then: StructureObject): boolean {
  const catalogue = catalogueOf(now);
  if (catalogue === "comment" || catalogue === "owned") return true;
  return catalogue === "1255" && resultOf(now) !== null && resultOf(now) === resultOf(then);
}

/** PostgreSQL writes over a function only if it is called and answers as before. */
function resultOf({ sql }: StructureObject): string | null {
  return /^CREATE OR REPLACE (FUNCTION|PROCEDURE) [\s\S]*?\n(?= LANGUAGE )/.exec(sql)?.[0] ?? null;
}

/** Nothing but a definition: gone and made anew it is as it was. */
export function isStateless(object: StructureObject): boolean {
  const { rank } = object;
  const keeps: number[] = [ranks.schema, ranks.extension, ranks.type, ranks.sequence, ranks.table];
  return !keeps.includes(rank) && dropSql(object) !== null;
}
