import type pg from "pg";
import { own } from "../snapshots/structure/scope.sql.ts";

/** What an older version asks of its rows. Names and expressions are as SQL has them. */
export interface Rule {
  /** As of the line that says it. */
  id: string;
  kind: "check" | "unique" | "exclusion" | "reference";
  table: string;
  name: string;
  /** Columns or expressions; of a check, its condition. */
  keys: string[];
  /** Of an exclusion, for each key. */
  operators: string[];
  /** That two rows without a value count as equal. */
  nullsAreEqual: boolean;
  /** Of which rows it asks this. */
  predicate: string | null;
  other: string | null;
  otherKeys: string[];
}

/** In the owner's open transaction. What is not valid is asked of no row that is there. */
export async function readRules(client: pg.Client): Promise<Rule[]> {
  await client.query("SET LOCAL search_path = pg_catalog, pg_temp");
  return (await client.query<Rule>(rulesSql)).rows;
}

const columnNames = (table: string, keys: string) =>
  `ARRAY(SELECT quote_ident(a.attname) FROM unnest(${keys}) WITH ORDINALITY part(attnum, place) JOIN pg_attribute a ON a.attrelid = ${table} AND a.attnum = part.attnum ORDER BY part.place)`;
const onTable = "JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace";
const ownConstraint = `${own("pg_class", "c.oid")} AND k.convalidated AND k.conparentid = 0`;
const constraintId = "'2606 ' || format('%s.%I', c.oid::regclass, k.conname)";

const rulesSql = `
SELECT ${constraintId} AS id, 'check' AS kind, c.oid::regclass::text AS table, quote_ident(k.conname) AS name, ARRAY[pg_get_expr(k.conbin, k.conrelid)] AS keys, ARRAY[]::text[] AS operators,
  false AS "nullsAreEqual", NULL AS predicate, NULL AS other, ARRAY[]::text[] AS "otherKeys"
FROM pg_constraint k ${onTable} WHERE ${ownConstraint} AND k.contype = 'c'
UNION ALL
SELECT ${constraintId}, 'reference', c.oid::regclass::text, quote_ident(k.conname), ${columnNames("k.conrelid", "k.conkey")}, '{}', false, NULL,
  k.confrelid::regclass::text, ${columnNames("k.confrelid", "k.confkey")}
FROM pg_constraint k ${onTable} WHERE ${ownConstraint} AND k.contype = 'f'
UNION ALL
SELECT CASE WHEN k.oid IS NULL THEN '1259 ' || i.indexrelid::regclass ELSE ${constraintId} END, CASE WHEN i.indisexclusion THEN 'exclusion' ELSE 'unique' END,
  c.oid::regclass::text, coalesce(quote_ident(k.conname), i.indexrelid::regclass::text),
  ARRAY(SELECT pg_get_indexdef(i.indexrelid, place, false) FROM generate_series(1, i.indnkeyatts::int) place ORDER BY place),
  ARRAY(SELECT format('OPERATOR(%I.%s)', n.nspname, o.oprname) FROM unnest(k.conexclop) WITH ORDINALITY e(oid, place) JOIN pg_operator o ON o.oid = e.oid JOIN pg_namespace n ON n.oid = o.oprnamespace ORDER BY e.place),
  coalesce((to_jsonb(i)->>'indnullsnotdistinct')::boolean, false), pg_get_expr(i.indpred, i.indrelid), NULL, '{}'
FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_constraint k ON k.conindid = i.indexrelid AND k.conrelid = i.indrelid AND k.contype IN ('p', 'u', 'x')
WHERE ${own("pg_class", "c.oid")} AND c.relkind IN ('r', 'p') AND (i.indisunique OR i.indisexclusion)`;
