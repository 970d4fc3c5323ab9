import pg from "pg";
import type { Statement } from "../migrations/sql/parse.ts";
import { type Fields, nameParts } from "../migrations/sql/walk.ts";

const { escapeIdentifier, escapeLiteral } = pg;

interface Renamed {
  /** Of tables, types or columns of one table: names are unique in it. */
  space: string;
  from: string;
  to: string;
  undo: string;
}

/**
 * What renames a migration made, taken back in the opposite order: a diff would see a table, column or type that went and
 * another that came, and rows would go with the first. Renames of what these statements made or dropped themselves, as in
 * Prisma's exchange of an enum, need no undoing.
 * @param statements in the order in which they ran
 */
export function undoRenames(statements: readonly Statement[]): string[] {
  const renames: Renamed[] = [];
  const made = new Set<string>();
  for (const { node } of statements) {
    for (const key of madeBy(node)) made.add(key);
    for (const key of droppedBy(node)) forget(renames, key);
    const renamed = readRename(node);
    if (renamed === null) continue;
    const { space, from, to } = renamed;
    if (made.delete(`${space} ${from}`)) made.add(`${space} ${to}`);
    else renames.push(renamed);
  }
  return renames.reverse().map(({ undo }) => undo);
}

const relations = "relation";
const types = "type";
const columnsOf = (table: unknown) => `column of ${table}`;
const relationKinds = ["OBJECT_TABLE", "OBJECT_INDEX", "OBJECT_SEQUENCE"];
const typeKinds = ["OBJECT_TYPE", "OBJECT_DOMAIN"];

const qualified = (name: string) => `public.${escapeIdentifier(name)}`;

function readRename(node: Statement["node"]): Renamed | null {
  const value = node.AlterEnumStmt;
  if (value?.oldVal && value.newVal) {
    const type = nameParts(value.typeName).at(-1) ?? "";
    const [from, to] = [String(value.oldVal), String(value.newVal)];
    const undo = `ALTER TYPE ${qualified(type)} RENAME VALUE ${escapeLiteral(to)} TO ${escapeLiteral(from)}`;
    return { space: `value of ${type}`, from, to, undo };
  }
  const rename = node.RenameStmt;
  if (!rename) return null;
  const kind = String(rename.renameType);
  const to = String(rename.newname);
  const table = nameOf(rename.relation);
  if (relationKinds.includes(kind)) {
    const undo = `ALTER TABLE ${qualified(to)} RENAME TO ${escapeIdentifier(table)}`;
    return { space: relations, from: table, to, undo };
  }
  if (typeKinds.includes(kind)) {
    const from = nameParts((rename.object as Fields).List).at(-1) ?? "";
    return {
      space: types,
      from,
      to,
      undo: `ALTER TYPE ${qualified(to)} RENAME TO ${escapeIdentifier(from)}`,
    };
  }
  const onTable = rename.relationType !== "OBJECT_VIEW" && rename.relationType !== "OBJECT_MATVIEW";
  const words = { OBJECT_COLUMN: "COLUMN", OBJECT_TABCONSTRAINT: "CONSTRAINT" }[kind];
  if (words === undefined || !onTable) return null;
  const from = String(rename.subname);
  const undo = `ALTER TABLE ${qualified(table)} RENAME ${words} ${escapeIdentifier(to)} TO ${escapeIdentifier(from)}`;
  return { space: columnsOf(table), from, to, undo };
}

function madeBy(node: Statement["node"]): string[] {
  const table = node.CreateStmt ?? node.CreateSeqStmt ?? node.IndexStmt;
  if (table) return [`${relations} ${table.idxname ?? nameOf(table.relation ?? table.sequence)}`];
  const type = node.CreateEnumStmt?.typeName ?? node.CreateDomainStmt?.domainname;
  if (type) return [`${types} ${nameParts(type).at(-1)}`];
  const into = nameOf(node.AlterTableStmt?.relation);
  return commands(node).flatMap(({ subtype, def }) => {
    const column = (def as { ColumnDef?: Fields } | undefined)?.ColumnDef?.colname;
    return subtype === "AT_AddColumn" ? [`${columnsOf(into)} ${column}`] : [];
  });
}

function droppedBy(node: Statement["node"]): string[] {
  const drop = node.DropStmt;
  if (drop) {
    const kind = String(drop.removeType);
    const space = relationKinds.includes(kind) ? relations : typeKinds.includes(kind) ? types : null;
    const objects = (drop.objects as Fields[]).map(
      (object) => nameParts((object.TypeName as Fields | undefined)?.names ?? object.List).at(-1) ?? "",
    );
    return space === null ? [] : objects.map((name) => `${space} ${name}`);
  }
  const from = nameOf(node.AlterTableStmt?.relation);
  return commands(node).flatMap(({ subtype, name }) =>
    subtype === "AT_DropColumn" || subtype === "AT_DropConstraint" ? [`${columnsOf(from)} ${name}`] : [],
  );
}

/** Renames that led to what is dropped now, and what was renamed in it. */
function forget(renames: Renamed[], key: string): void {
  let name = key;
  for (let i = renames.length - 1; i >= 0; i--) {
    const { space, from, to } = renames[i] as Renamed;
    const table = name.startsWith(`${relations} `) ? name.slice(relations.length + 1) : null;
    const isInside = table !== null && space === columnsOf(table);
    if (`${space} ${to}` !== name && !isInside) continue;
    renames.splice(i, 1);
    if (!isInside) name = `${space} ${from}`;
  }
}

const nameOf = (relation: unknown) => String((relation as Fields | undefined)?.relname ?? "");

function commands(node: Statement["node"]): Fields[] {
  const cmds = (node.AlterTableStmt?.cmds ?? []) as { AlterTableCmd?: Fields }[];
  return cmds.flatMap(({ AlterTableCmd }) => (AlterTableCmd ? [AlterTableCmd] : []));
}
