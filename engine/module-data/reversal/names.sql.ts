import type pg from "pg";
import { own } from "../snapshots/structure/scope.sql.ts";

/** Something whose name is not all that it is: rows, values or other things hang on it. */
export interface Named {
  /** As long as it stands, whatever it is called. */
  key: string;
  kind: "schema" | "relation" | "type" | "domain" | "column" | "attribute" | "constraint" | "label";
  /** Of the table, type or domain that it is in. */
  parent: string | null;
  schema: string;
  name: string;
}

/** What is inherited is renamed with its parent's, an index of a constraint with that. */
export async function readNames(client: pg.Client): Promise<Map<string, Named>> {
  await client.query("SET LOCAL search_path = pg_catalog, pg_temp");
  const { rows } = await client.query<Named>(namesSql);
  return new Map(rows.map((row) => [row.key, row]));
}

const inClass = "pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace";

const namesSql = `
SELECT 'schema/' || n.oid AS key, 'schema' AS kind, NULL AS parent, n.nspname::text AS schema, n.nspname::text AS name
FROM pg_namespace n WHERE ${own("pg_namespace", "n.oid")}
UNION ALL
SELECT 'relation/' || c.oid, 'relation', coalesce((SELECT 'relation/' || i.indrelid FROM pg_index i WHERE i.indexrelid = c.oid), (SELECT 'relation/' || d.refobjid FROM pg_depend d
    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i') AND c.relkind = 'S')), n.nspname, c.relname
FROM ${inClass} WHERE ${own("pg_class", "c.oid")} AND c.relkind IN ('r', 'p', 'S', 'i', 'I')
  AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = c.oid AND k.contype IN ('p', 'u', 'x'))
UNION ALL
SELECT 'type/' || t.oid, CASE t.typtype WHEN 'd' THEN 'domain' ELSE 'type' END, NULL, n.nspname, t.typname
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid = t.typrelid
WHERE ${own("pg_type", "t.oid")} AND (t.typtype IN ('e', 'd', 'r') OR c.relkind = 'c')
UNION ALL
SELECT 'column/' || c.oid || '/' || a.attnum, CASE c.relkind WHEN 'c' THEN 'attribute' ELSE 'column' END,
  CASE c.relkind WHEN 'c' THEN 'type/' || c.reltype ELSE 'relation/' || c.oid END, n.nspname, a.attname
FROM ${inClass} JOIN pg_attribute a ON a.attrelid = c.oid
WHERE ${own("pg_class", "c.oid")} AND c.relkind IN ('r', 'p', 'c') AND a.attnum > 0 AND NOT a.attisdropped AND a.attinhcount = 0
UNION ALL
SELECT 'constraint/' || k.oid, 'constraint', CASE k.conrelid WHEN 0 THEN 'type/' || k.contypid ELSE 'relation/' || k.conrelid END, n.nspname, k.conname
FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace
WHERE ${own("pg_constraint", "k.oid")} AND k.coninhcount = 0 AND k.conparentid = 0 AND k.contype <> 't'
UNION ALL
SELECT 'label/' || e.oid, 'label', 'type/' || e.enumtypid, n.nspname, e.enumlabel
FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid JOIN pg_namespace n ON n.oid = t.typnamespace WHERE ${own("pg_type", "t.oid")}`;
