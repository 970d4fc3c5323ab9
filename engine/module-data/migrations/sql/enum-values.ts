import pg from "pg";
import { stringContent } from "./code-bodies.ts";
import type { Seen } from "./defer-indexes.ts";
import type { Statement, Token } from "./parse.ts";
import type { Edit } from "./script.ts";
import { type Fields, nameParts } from "./walk.ts";

const { escapeIdentifier, escapeLiteral } = pg;

/** A new value of an enum that a later statement of the same upgrade uses. */
export interface NewValue {
  type: string;
  value: string;
  fields: Fields;
}

export function addedValue(statement: Statement): NewValue | null {
  const fields = statement.node.AlterEnumStmt;
  if (!fields?.newVal || fields.oldVal) return null;
  return { type: nameParts(fields.typeName).at(-1) ?? "", value: String(fields.newVal), fields };
}

function createdEnum(statement: Statement): string | null {
  const fields = statement.node.CreateEnumStmt;
  return fields ? (nameParts(fields.typeName).at(-1) ?? null) : null;
}

/** A statement that adds a value, and a migration that uses the value after it. */
interface UseOfNewValue {
  added: Statement;
  addedIn: string;
  usedIn: string;
}

/**
 * Uses of values that were added to enums which no CREATE TYPE of these statements made. One inside a DO block does not
 * count: with an exception handler it is a subtransaction, and PostgreSQL remembers only the transaction's own types.
 * @param seen in the order in which it runs
 */
export function usesOfNewValues(seen: Seen[]): UseOfNewValue[] {
  const created = new Set<string>();
  const added: { added: Statement; addedIn: string; value: string }[] = [];
  const uses: UseOfNewValue[] = [];
  for (const { migration, statement, tokens } of seen) {
    for (const { value, ...earlier } of added)
      if (mentions(tokens, value)) uses.push({ ...earlier, usedIn: migration });
    const type = createdEnum(statement);
    if (type !== null) created.add(type);
    const value = addedValue(statement);
    if (value && !created.has(value.type))
      added.push({ added: statement, addedIn: migration, value: value.value });
  }
  return uses;
}

/** Before which migrations to commit, so that each value is committed before it is used: as few as can be. */
export function commitPoints(uses: UseOfNewValue[]): Set<string> {
  const points = new Set<string>();
  let last = "";
  // Names of migrations are their order.
  for (const { addedIn, usedIn } of uses) {
    if (addedIn === usedIn || addedIn < last) continue;
    points.add(usedIn);
    last = usedIn;
  }
  return points;
}

/** Whether any literal, also inside a body, is the value. */
function mentions(tokens: Token[], value: string): boolean {
  return tokens.some(
    (token) =>
      token.kind === "string" &&
      (stringContent(token.text) === value ||
        (token.text.startsWith("$") && token.text.includes(escapeLiteral(value)))),
  );
}

/**
 * PostgreSQL lets no transaction use a value it added to an older enum. A type made in the transaction has no such
 * limit, so the enum is made anew with the value in its place and its columns are moved over, as Prisma does when an
 * enum loses a value. On one line, with the line breaks of the original behind it.
 */
export function remakeEnum(sql: string, statement: Statement, added: NewValue, schema: string): Edit {
  const { start, end } = statement;
  const breaks = sql.slice(start, end).replace(/[^\r\n]/g, "");
  return { start, end, text: remakeSql(added, schema).replace(/\s+/g, " ").trim() + breaks };
}

function remakeSql({ type, value, fields }: NewValue, schema: string): string {
  const qualified = `${escapeIdentifier(schema)}.${escapeIdentifier(type)}`;
  const old = `${type.slice(0, 50)}__old`;
  const renamed = `${escapeIdentifier(schema)}.${escapeIdentifier(old)}`;
  const neighbour = fields.newValNeighbor
    ? `(SELECT place FROM places WHERE label = ${escapeLiteral(String(fields.newValNeighbor))}) ${fields.newValIsAfter ? "+" : "-"} 1`
    : "(SELECT pg_catalog.max(place) FROM places) + 1";
  const duplicate = fields.skipIfNewValExists
    ? "RETURN"
    : `RAISE EXCEPTION 'enum label % already exists', ${escapeLiteral(value)} USING ERRCODE = 'duplicate_object'`;
  return `DO $graft_enum$ DECLARE labels text; columns jsonb; entry jsonb; BEGIN
    IF EXISTS (SELECT FROM pg_catalog.pg_enum WHERE enumtypid = ${escapeLiteral(qualified)}::regtype AND enumlabel = ${escapeLiteral(value)}) THEN ${duplicate}; END IF;
    WITH places AS (SELECT enumlabel::text AS label, 2 * row_number() OVER (ORDER BY enumsortorder) AS place
      FROM pg_catalog.pg_enum WHERE enumtypid = ${escapeLiteral(qualified)}::regtype)
    SELECT string_agg(quote_literal(label), ', ' ORDER BY place) INTO labels
      FROM (SELECT * FROM places UNION ALL SELECT ${escapeLiteral(value)}, ${neighbour}) AS all_labels;
    SELECT coalesce(jsonb_agg(jsonb_build_array(a.attrelid::regclass::text, a.attname, CASE WHEN t.typelem <> 0 THEN '[]' ELSE '' END, pg_get_expr(d.adbin, d.adrelid))), '[]')
      INTO columns FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
      LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND NOT a.attisdropped AND ${escapeLiteral(qualified)}::regtype IN (t.oid, t.typelem);
    ALTER TYPE ${qualified} RENAME TO ${escapeIdentifier(old)};
    EXECUTE 'CREATE TYPE ${qualified.replaceAll("'", "''")} AS ENUM (' || labels || ')';
    FOR entry IN SELECT jsonb_array_elements(columns) LOOP
      IF entry->>3 IS NOT NULL THEN EXECUTE format('ALTER TABLE %s ALTER %I DROP DEFAULT', entry->>0, entry->>1); END IF;
      EXECUTE format('ALTER TABLE %s ALTER %I TYPE ${qualified.replaceAll("'", "''")}%s USING %2$I::text%3$s::${qualified.replaceAll("'", "''")}%3$s', entry->>0, entry->>1, entry->>2);
      IF entry->>3 IS NOT NULL THEN EXECUTE format('ALTER TABLE %s ALTER %I SET DEFAULT %s', entry->>0, entry->>1, entry->>3); END IF;
    END LOOP;
    DROP TYPE ${renamed}; END $graft_enum$`;
}
