import { findCodeBody } from "./code-bodies.ts";
import { type Parsed, parseScript, type Statement, scanTokens, type Token } from "./parse.ts";
import { pathText, pathValue, qualifierEdits, type Renaming, renameIn } from "./rename-public.ts";
import { rewriteDynamic } from "./rewrite-dynamic.ts";
import { schemaColumns } from "./schema-columns.ts";
import { applyEdits, type Edit } from "./script.ts";
import { constantText, type Fields, nameParts, walk } from "./walk.ts";

/** Functions whose text argument is a qualified name. */
const takesName =
  /^(nextval|currval|setval|pg_get_serial_sequence|to_reg\w+|pg_\w*relation\w*|pg_table_size|pg_indexes_size|has_\w+_privilege|col_description|obj_description|lastval)$/;
type Meaning = "name" | "schema" | "path" | "pathText";

/** Every place where a statement means the schema `public`, pointed at the module's own schema. */
export function rewritePublic(
  parsed: Parsed,
  sql: string,
  statement: Statement,
  tokens: Token[],
  to: Renaming,
): Edit[] {
  const own = tokens.filter((token) => token.start >= statement.start && token.end <= statement.end);
  const aliases = new Set<number>();
  const named = new Map<number, Meaning>();
  const mark = (node: unknown, kind: Meaning) => {
    const location = (node as { A_Const?: { location?: number } })?.A_Const?.location ?? 0;
    if (constantText(node) !== undefined) named.set(parsed.offsetOf(location), kind);
  };
  walk(statement.node, (key, fields) => {
    // `public.x` in an expression is a column of something called public, not a name in a schema.
    if (key === "ColumnRef" && Array.isArray(fields.fields) && fields.fields.length === 2)
      aliases.add(parsed.offsetOf(Number(fields.location ?? 0)));
    markNames(key, fields, mark);
  });
  const edits = qualifierEdits(own, to, aliases);
  for (const token of own) {
    const kind = named.get(token.start);
    if (kind === "path") edits.push(pathValue(token, to));
    else if (kind === "pathText") edits.push(pathText(token, to));
    else if (kind === "schema" && token.kind === "string")
      edits.push(edit(token, token.text.replace("public", to.schema)));
    else if (kind === "name" && token.kind === "string") edits.push(edit(token, renameIn(token.text, to)));
  }
  return [...edits, ...bodyEdits(statement, own, sql, to)];
}

type Mark = (node: unknown, kind: Meaning) => void;

function markNames(key: string, fields: Fields, mark: Mark): void {
  const type = (fields.typeName as Fields | undefined)?.names;
  if (key === "TypeCast" && /^reg/.test(nameParts(type).at(-1) ?? "")) mark(fields.arg, "name");
  if (key === "VariableSetStmt" && fields.name === "search_path") {
    for (const arg of asList(fields.args)) mark(arg, "path");
  }
  if (key === "FuncCall") {
    const args = asList(fields.args);
    const name = nameParts(fields.funcname).at(-1) ?? "";
    if (name === "set_config" && constantText(args[0]) === "search_path") mark(args[1], "pathText");
    else if (takesName.test(name)) for (const arg of args) mark(arg, "name");
  }
  if (key === "A_Expr") {
    if (isSchemaColumn(fields.lexpr)) markSchemas(fields.rexpr, mark);
    if (isSchemaColumn(fields.rexpr)) markSchemas(fields.lexpr, mark);
  }
}

function markSchemas(value: unknown, mark: Mark): void {
  const list = (value as { List?: { items?: unknown[] } })?.List?.items ?? [value];
  for (const item of list) {
    const inner = (item as { TypeCast?: { arg?: unknown } })?.TypeCast?.arg ?? item;
    if (constantText(inner) === "public") mark(inner, "schema");
  }
}

function isSchemaColumn(node: unknown): boolean {
  const cast = (node as { TypeCast?: { arg?: unknown } })?.TypeCast?.arg ?? node;
  const column = (cast as { ColumnRef?: { fields?: unknown } })?.ColumnRef?.fields;
  const call = (cast as { FuncCall?: { funcname?: unknown } })?.FuncCall?.funcname;
  return schemaColumns.test(nameParts(column).at(-1) ?? "") || nameParts(call).at(-1) === "current_schema";
}

/** The text of a function or DO block: SQL by its tree, PL/pgSQL by its tokens. */
function bodyEdits(statement: Statement, tokens: Token[], sql: string, to: Renaming): Edit[] {
  const body = findCodeBody(statement, tokens);
  if (!body) return [];
  const text = sql.slice(body.start, body.end);
  if (!/public/i.test(text)) return [];
  const plain = body.dollarQuoted ? text : text.replaceAll("''", "'");
  const renamed = body.language === "sql" ? rewriteSql(plain, to) : rewriteDynamic(plain, to);
  return [
    { start: body.start, end: body.end, text: body.dollarQuoted ? renamed : renamed.replaceAll("'", "''") },
  ];
}

function rewriteSql(text: string, to: Renaming): string {
  try {
    const parsed = parseScript(text);
    const tokens = scanTokens(text);
    return applyEdits(
      text,
      parsed.statements.flatMap((inner) => rewritePublic(parsed, text, inner, tokens, to)),
    );
  } catch {
    return rewriteDynamic(text, to);
  }
}

function edit(token: Token, text: string): Edit {
  return { start: token.start, end: token.end, text };
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
