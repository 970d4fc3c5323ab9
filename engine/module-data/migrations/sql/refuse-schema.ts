import { type Fields, nameParts, walk } from "./walk.ts";

const shared = new Set(["public", "pg_catalog", "information_schema", "extensions", "pg_temp"]);
/** Fields that hold a qualified name as a list of strings. */
const nameFields = [
  "names",
  "funcname",
  "objname",
  "defnames",
  "domainname",
  "collname",
  "opclass",
  "opclassname",
  "opfamilyname",
];

/** A schema that a statement names and that is not the module's, PostgreSQL's own, or one that stands for them. */
export function foreignSchema(node: unknown, own: string): string | null {
  let found: string | null = null;
  const check = (schema: unknown) => {
    if (
      found === null &&
      typeof schema === "string" &&
      schema !== "" &&
      schema !== own &&
      !shared.has(schema)
    )
      found = schema;
  };
  walk(node, (key, fields) => {
    if (typeof fields.relname === "string") {
      check(fields.schemaname);
      if (fields.catalogname) check(`${String(fields.catalogname)}.${String(fields.schemaname)}`);
    }
    // `table.column%TYPE` has a part more than a type's name.
    if (fields.pct_type) check(nameParts(fields.names).at(-3));
    else for (const field of nameFields) checkName(fields[field], check);
    if (key === "CreateEnumStmt" || key === "AlterEnumStmt" || key === "AlterDomainStmt")
      checkName(fields.typeName, check);
    if (key === "AlterObjectSchemaStmt") check(fields.newschema);
    if (key === "DropStmt") checkDrop(fields, check);
    if (key === "CommentStmt" && fields.objtype === "OBJECT_SCHEMA")
      check((fields.object as { String?: { sval?: string } })?.String?.sval);
  });
  return found;
}

function checkName(list: unknown, check: (schema: unknown) => void): void {
  const parts = nameParts(list);
  if (parts.length === 2) check(parts[0]);
  else if (parts.length === 3) check(parts.slice(0, 2).join("."));
}

/** Triggers, policies and rules are named `[schema.]table.name`. */
function checkDrop(fields: Fields, check: (schema: unknown) => void): void {
  const onTable = ["OBJECT_TRIGGER", "OBJECT_POLICY", "OBJECT_RULE"].includes(String(fields.removeType));
  for (const object of (fields.objects as Fields[] | undefined) ?? []) {
    const parts = nameParts((object as { List?: { items?: unknown[] } }).List?.items);
    if (parts.length === (onTable ? 3 : 2)) check(parts[0]);
  }
}
