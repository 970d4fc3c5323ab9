import type pg from "pg";
import { ownSchema } from "../databases/own-tables.sql.ts";
import type { Facts } from "./sql/facts.ts";
import { functionsCalled } from "./sql/judge-alter.ts";
import type { Script } from "./sql/script.ts";
import { judgedStatements } from "./sql/verdict.ts";

/** Catalogues only, no relation of the module's; on the owner's connection. */
export async function readFacts(client: pg.Client, scripts: Script[]): Promise<Facts> {
  const called = [
    ...new Set(
      scripts.flatMap((script) => judgedStatements(script).flatMap(({ node }) => functionsCalled(node))),
    ),
  ];
  const columns = await client.query<{ name: string; type: string; typmod: number; not_null: boolean }>(
    columnsSql,
  );
  const indexes = await client.query<{ name: string; table: string; is_unique: boolean }>(indexesSql);
  const deferred = await client.query("SELECT FROM pg_constraint WHERE condeferred LIMIT 1");
  const partitioned = await client.query<{ name: string }>(partitionedSql);
  const functions = await client.query<{ name: string }>(volatileSql, [called]);
  return {
    columns: new Map(
      columns.rows.map(({ name, type, typmod, not_null }) => [name, { type, typmod, notNull: not_null }]),
    ),
    uniqueIndexes: new Set(indexes.rows.filter((row) => row.is_unique).map(({ name }) => name)),
    indexTables: new Map(indexes.rows.map(({ name, table }) => [name, table])),
    volatile: new Set(functions.rows.map(({ name }) => name)),
    deferred: deferred.rows.length > 0,
    partitioned: new Set(partitioned.rows.map(({ name }) => name)),
  };
}

const table = "CASE n.nspname WHEN 'public' THEN c.relname::text ELSE n.nspname || '.' || c.relname END";

const columnsSql = `
  SELECT ${table} || '.' || a.attname AS name, t.typname::text AS type, a.atttypmod AS typmod, a.attnotnull AS not_null
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_type t ON t.oid = a.atttypid
  WHERE ${ownSchema("n")} AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped`;

const partitionedSql = `
  SELECT ${table} AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE ${ownSchema("n")} AND c.relkind IN ('p', 'I')`;

const indexesSql = `
  SELECT i.relname::text AS name, ${table} AS table, x.indisunique AS is_unique
  FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${ownSchema("n")}`;

/** Of the names given, those of a volatile function, and those that a pending migration is only going to make. */
const volatileSql = `
  SELECT called.name FROM unnest($1::text[]) AS called(name)
  WHERE EXISTS (SELECT FROM pg_proc p WHERE p.proname = called.name AND p.provolatile = 'v')
     OR NOT EXISTS (SELECT FROM pg_proc p WHERE p.proname = called.name)`;
