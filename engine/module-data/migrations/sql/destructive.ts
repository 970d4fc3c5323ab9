import { type Facts, isWidening, noFacts } from "./facts.ts";
import type { Statement } from "./parse.ts";
import type { Script } from "./script.ts";
import { type Found, found, judgedStatements, type Verdict } from "./verdict.ts";
import { type Fields, nameParts, walk } from "./walk.ts";

// Every value of a smaller type fits; anything else may cut, round or fail.
const widest = new Set(["text", "int8", "numeric", "float8", "jsonb", "timestamptz", "timestamp"]);

/**
 * Statements that lose rows or columns which existed before: what a pending migration itself made, it may drop.
 * @param fresh nothing was applied yet, so there is nothing to lose
 */
export function findDestructive(scripts: Script[], fresh: boolean, facts: Facts = noFacts): Found[] {
  if (fresh) return [];
  const made = new Set<string>();
  return scripts.flatMap((script) =>
    judgedStatements(script).flatMap((statement) => {
      const losses = judge(statement, made, facts);
      noteMade(statement, made);
      return losses.map((loss) => found(script, statement, { kind: "destructive", ...loss }));
    }),
  );
}

type Loss = Omit<Verdict, "kind">;

/** Remembers what a pending migration makes: it may drop and change that as it likes. */
export function noteMade(statement: Statement, made: Set<string>): void {
  walk(statement.node, (key, fields) => {
    if (key === "CreateStmt") made.add(relationName(fields.relation));
    if (key === "CreateSchemaStmt") made.add(`schema ${String(fields.schemaname)}`);
    if (key === "CreateExtensionStmt") made.add(String(fields.extname));
    if (key === "CreateTableAsStmt") made.add(relationName((fields.into as Fields | undefined)?.rel));
    // Types and relations of a schema share one set of names.
    const type =
      key === "CreateEnumStmt" ? fields.typeName : key === "CreateDomainStmt" ? fields.domainname : null;
    if (type) made.add(nameParts(type).at(-1) ?? "");
    if (key === "ViewStmt" && !fields.replace) made.add(relationName(fields.view));
    if (
      key === "RenameStmt" &&
      fields.renameType === "OBJECT_TABLE" &&
      made.has(relationName(fields.relation))
    )
      made.add(String(fields.newname));
  });
}

function judge({ node }: Statement, made: Set<string>, facts: Facts): Loss[] {
  if (node.DropStmt) return judgeDrop(node.DropStmt, made);
  if (node.TruncateStmt)
    return relationNames(node.TruncateStmt.relations)
      .filter((table) => !made.has(table))
      .map((table) => ({ table, reason: `empties ${table}` }));
  if (node.DeleteStmt) {
    const table = relationName(node.DeleteStmt.relation);
    if (made.has(table)) return [];
    // How many a condition finds is not asked: it is the module's code.
    if (node.DeleteStmt.whereClause) return [{ reason: `deletes rows of ${table}` }];
    return [{ table, reason: `deletes every row of ${table}` }];
  }
  if (node.MergeStmt && JSON.stringify(node.MergeStmt.mergeWhenClauses).includes('"CMD_DELETE"')) {
    const table = relationName(node.MergeStmt.relation);
    return made.has(table) ? [] : [{ reason: `deletes rows of ${table}` }];
  }
  if (!node.AlterTableStmt) return [];
  const table = relationName(node.AlterTableStmt.relation);
  if (made.has(table)) return [];
  return ((node.AlterTableStmt.cmds as Fields[] | undefined) ?? []).flatMap((item) =>
    judgeCommand(table, item.AlterTableCmd as Fields | undefined, facts),
  );
}

function judgeDrop(drop: Fields, made: Set<string>): Loss[] {
  const objects = (drop.objects as Fields[] | undefined) ?? [];
  const names = objects.map(
    (object) =>
      qualifiedName(nameParts(object.List)) ||
      qualifiedName(nameParts((object.TypeName as Fields | undefined)?.names)),
  );
  if (drop.removeType === "OBJECT_TABLE")
    return names
      .filter((name) => !made.has(name))
      .map((table) => ({ table, reason: `drops the table ${table} with its rows` }));
  if (drop.removeType === "OBJECT_SCHEMA" && drop.behavior === "DROP_CASCADE")
    return objects
      .map(ownName)
      .filter((name) => !made.has(`schema ${name}`))
      .map((name) => ({ reason: `drops the schema ${name} with every table in it` }));
  if (drop.removeType === "OBJECT_EXTENSION" && drop.behavior === "DROP_CASCADE")
    return objects
      .map(ownName)
      .filter((name) => !made.has(name))
      .map((name) => ({ reason: `drops the extension ${name} and every column of its types` }));
  if (drop.removeType === "OBJECT_TYPE" && drop.behavior === "DROP_CASCADE")
    return names.map((name) => ({ reason: `drops the type ${name} and every column of it` }));
  return [];
}

const ownName = (object: Fields) => String((object.String as Fields | undefined)?.sval ?? "");

function judgeCommand(table: string, command: Fields | undefined, facts: Facts): Loss[] {
  const column = String(command?.name);
  if (command?.subtype === "AT_DropColumn")
    return [{ table, column, reason: `drops the column ${table}.${column}` }];
  if (command?.subtype !== "AT_AlterColumnType") return [];
  const definition = ((command.def as Fields | undefined)?.ColumnDef as Fields | undefined) ?? {};
  if (isWidening(facts.columns.get(`${table}.${column}`), definition)) return [];
  const type = definition.typeName as Fields | undefined;
  const target = nameParts(type?.names).at(-1) ?? "";
  if (widest.has(target) && type?.typmods === undefined) return [];
  return [
    { table, column, reason: `changes the type of ${table}.${column} to ${target}; values may not fit` },
  ];
}

/** `table`, or `schema.table` where a statement names another schema than public. */
export function relationName(relation: unknown): string {
  const { relname = "", schemaname = "public" } =
    (relation as { relname?: string; schemaname?: string } | undefined) ?? {};
  return schemaname === "public" ? relname : `${schemaname}.${relname}`;
}

const qualifiedName = (parts: string[]) =>
  parts
    .slice(-2)
    .filter((part) => part !== "public")
    .join(".");

export function relationNames(list: unknown): string[] {
  return (Array.isArray(list) ? list : []).map((item: { RangeVar?: unknown }) => relationName(item.RangeVar));
}
