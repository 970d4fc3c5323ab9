import type { Described } from "../snapshots/structure/read-structure.ts";
import { ranks, type StructureObject } from "../snapshots/structure/types.ts";
import { columnsOf, notNullsOf } from "./columns.ts";
import { type Line, linesOf } from "./compare-structures.ts";
import { catalogueOf, dropSql } from "./drop-sql.ts";
import type { Going } from "./find-going.ts";

/** Statements that take away what goes, what stands on others first. Types stay for as long as columns may be of them. */
export function takeAway(now: Described, target: Map<string, Line>, going: Going): string[] {
  const lines = linesOf(now);
  const extraTables = new Set(
    [...going.objects].filter(({ rank }) => rank === ranks.table).map(({ key }) => key),
  );
  const attached = new Set(
    now.build
      .filter(({ key, sql }) => key.startsWith("attach/") && sql.startsWith("ALTER INDEX"))
      .map(({ key }) => key.slice("attach/".length)),
  );
  return now.build.toReversed().flatMap((object) => {
    if (object.rank === ranks.table && !going.objects.has(object))
      return changeTable({ lines, target, going, table: object.name });
    if (
      !going.objects.has(object) ||
      goesWithItsTable(now, object, extraTables) ||
      isAttached(object, attached)
    )
      return [];
    return dropSql(object) ?? [];
  });
}

/** Not what leads to another table or calls a function, which could not go before the table then. */
function goesWithItsTable(now: Described, object: StructureObject, tables: Set<string>): boolean {
  const { key, rank, after } = object;
  if (key.startsWith("attach/")) return after.some((one) => tables.has(one));
  const leadsOn = rank === ranks.table || rank === ranks.foreignKey || rank === ranks.default;
  const calls = [...(now.needs.get(object) ?? [])].some((other) => other.rank === ranks.function);
  return !leadsOn && !calls && tables.has(after[0] ?? "");
}

/** A partition's index, or the constraint it is of, goes with that of the partitioned table. */
function isAttached(object: StructureObject, attached: Set<string>): boolean {
  const indexes = [object.key, ...object.aliases].filter((key) => key.startsWith("1259/"));
  return (
    ["1259", "2606"].includes(catalogueOf(object)) &&
    indexes.some((key) => attached.has(key.slice("1259/".length)))
  );
}

interface TableChange {
  lines: Map<string, Line>;
  target: Map<string, Line>;
  going: Going;
  table: string;
}

function changeTable({ lines, target, going, table }: TableChange): string[] {
  const actions: string[] = [];
  const renames: string[] = [];
  const alter = (action: string) => actions.push(`ALTER TABLE ${table} ${action}`);
  const [is, was] = [parentsOf(lines, table), parentsOf(target, table)];
  for (const parent of is) if (!was.includes(parent)) alter(`NO INHERIT ${parent}`);
  const staysInherited = keepsParent(lines, target, table);
  const dropped = new Set<string>();
  for (const { line, column } of columnsOf(lines, table)) {
    const then = columnsOf(target, table).find((other) => other.line.id === line.id)?.column;
    if (column.inherited && staysInherited) continue;
    if (going.dropped.has(line.id)) {
      dropped.add(column.name);
      alter(`DROP COLUMN IF EXISTS ${column.name}`);
    } else if (column.identity && column.identity !== then?.identity)
      alter(`ALTER COLUMN ${column.name} DROP IDENTITY`);
    if (column.notNull && then && !then.notNull) alter(`ALTER COLUMN ${column.name} DROP NOT NULL`);
  }
  const wanted = notNullsOf(target, table);
  for (const { line, name, column } of notNullsOf(lines, table)) {
    if (line.object.inherited || dropped.has(column) || target.get(line.id)?.sql === line.sql) continue;
    const other = wanted.find(
      (one) => one.column === column && one.line.sql === line.sql && !lines.has(one.line.id),
    );
    if (other) renames.push(`ALTER TABLE ${table} RENAME CONSTRAINT ${name} TO ${other.name}`);
    else alter(`DROP CONSTRAINT ${name}`);
  }
  return [...actions, ...renames];
}

const part = String.raw`(?:"(?:[^"]|"")+"|\w+)`;
const parentList = new RegExp(String.raw` of (${part}\.${part}(?:, ${part}\.${part})*)`);

/** A table that goes on being of the same parent, or a partition of it, changes with it. */
export function keepsParent(now: Map<string, Line>, then: Map<string, Line>, table: string): boolean {
  const attach = now.get(`attach ${table}`);
  if (attach) return then.get(attach.id)?.sql === attach.sql;
  const was = parentsOf(then, table);
  return parentsOf(now, table).some((parent) => was.includes(parent));
}

/** Of a table that inherits; a partition is attached instead. */
export function parentsOf(lines: Map<string, Line>, table: string): string[] {
  if (lines.has(`attach ${table}`)) return [];
  const list = parentList.exec(lines.get(`table ${table}`)?.sql ?? "")?.[1];
  return list?.split(/, (?=(?:[^"]*"[^"]*")*[^"]*$)/) ?? [];
}
