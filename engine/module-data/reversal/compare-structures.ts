import { createHash } from "node:crypto";
import type { Described } from "../snapshots/structure/read-structure.ts";
import { ranks, type StructureObject } from "../snapshots/structure/types.ts";

/** One thing that a database has, under a name that two databases can share. */
export interface Line {
  /** Catalogue and name. */
  id: string;
  sql: string;
  object: StructureObject;
}

/** By their ids, what others rest on first. */
export function linesOf({ objects }: Described): Map<string, Line> {
  return new Map(
    objects.map((object) => {
      const id = `${object.key.split("/")[0]} ${object.name}`;
      return [id, { id, sql: object.sql, object }];
    }),
  );
}

/** What `now` has more than `target` or otherwise, and what it lacks. */
export function differences(now: Map<string, Line>, target: Map<string, Line>) {
  const extra = [...now.values()].filter(({ id }) => !target.has(id));
  const changed = [...now.values()].filter(({ id, sql }) => target.has(id) && target.get(id)?.sql !== sql);
  const missing = [...target.values()].filter(({ id }) => !now.has(id));
  return { extra, changed, missing };
}

export function sameStructure(now: Map<string, Line>, target: Map<string, Line>): boolean {
  const { extra, changed, missing } = differences(now, target);
  return extra.length + changed.length + missing.length === 0;
}

/** Equal for equal structures, whatever the order of columns. */
export function structureDigest(lines: Map<string, Line>): string {
  const hash = createHash("sha256");
  for (const line of [...lines.values()].map(({ id, sql }) => `${id}\n${sql}\n`).sort()) hash.update(line);
  return hash.digest("hex");
}

const catalogues: Record<string, string> = {
  "1247": "TYPE",
  "1255": "ROUTINE",
  "2605": "CAST",
  "2615": "SCHEMA",
  "2617": "OPERATOR",
  "3079": "EXTENSION",
  "3381": "STATISTICS",
  "3456": "COLLATION",
  "3600": "TEXT SEARCH DICTIONARY",
  "3602": "TEXT SEARCH CONFIGURATION",
};
const onTables: Record<string, string> = { "2618": "RULE", "2620": "TRIGGER", "3256": "POLICY" };

/** The statement that takes an object away; null where none does. */
export function dropSql({ key, rank, name, sql }: StructureObject): string | null {
  const catalogue = key.split("/")[0] ?? "";
  const simple = catalogues[catalogue];
  if (simple) return `DROP ${simple} ${name}`;
  if (catalogue === "1259") {
    if (rank === ranks.view)
      return `DROP ${/^CREATE MATERIALIZED/.test(sql) ? "MATERIALIZED " : ""}VIEW ${name}`;
    return `DROP ${rank === ranks.sequence ? "SEQUENCE" : "INDEX"} ${name}`;
  }
  const onTable = onTables[catalogue];
  const last = /^([\s\S]*)\.("(?:[^"]|"")+"|[^."]+)$/.exec(name);
  if (onTable && last) return `DROP ${onTable} ${last[2]} ON ${last[1]}`;
  if (catalogue === "2606" && last) return `ALTER TABLE ${last[1]} DROP CONSTRAINT ${last[2]}`;
  if (catalogue === "2604") return sql.replace(/ SET DEFAULT [\s\S]*$/, " DROP DEFAULT");
  if (catalogue === "comment")
    return sql.replace(/^(COMMENT ON [\s\S]*?) IS (?:E?'|NULL)[\s\S]*$/, "$1 IS NULL");
  return unsetSql(catalogue, name, sql);
}

/** Settings of a table or column back to what they are when nobody sets them. */
function unsetSql(kind: string, name: string, sql: string): string | null {
  if (kind === "security")
    return `ALTER TABLE ONLY ${name} DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY`;
  if (kind === "identity") return `ALTER TABLE ONLY ${name} REPLICA IDENTITY DEFAULT`;
  if (kind === "cluster") return sql.replace(/ CLUSTER ON ("(?:[^"]|"")+"|\S+)$/, " SET WITHOUT CLUSTER");
  if (kind === "column")
    return sql
      .replace(/ SET STORAGE [A-Z]+/, " SET STORAGE DEFAULT")
      .replace(/ SET STATISTICS \d+/, " SET STATISTICS -1")
      .replace(/ SET \([^)]*\)$/, " RESET (n_distinct, n_distinct_inherited)");
  return null;
}

/** What can be written over in place; everything else goes before it comes anew. */
export function isReplaceable({ key, sql }: StructureObject): boolean {
  const catalogue = key.split("/")[0];
  return catalogue === "comment" || (catalogue === "1255" && sql.startsWith("CREATE OR REPLACE"));
}

/** What stands on tables and would keep their columns from changing, and what Prisma's diff does not see or mistakes. */
export function standsOnTables({ key, rank, sql }: StructureObject): boolean {
  const catalogue = key.split("/")[0] ?? "";
  if (onTables[catalogue] || rank === ranks.view) return true;
  return catalogue === "2606" && !/ ADD CONSTRAINT ("(?:[^"]|"")+"|\S+) PRIMARY KEY/.test(sql);
}

/** The table that a constraint, trigger, rule or policy is on, and goes with. */
export function tableOf({ key, name }: StructureObject): string | null {
  const catalogue = key.split("/")[0] ?? "";
  if (!onTables[catalogue] && catalogue !== "2606") return null;
  return /^([\s\S]*)\.(?:"(?:[^"]|"")+"|[^."]+)$/.exec(name)?.[1] ?? null;
}
