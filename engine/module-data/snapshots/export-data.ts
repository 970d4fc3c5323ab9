import { createGzip } from "node:zlib";
import pg from "pg";
import { faultPoint } from "../../core/index.ts";
import { beginReading, type Reading, seeingAll } from "../connections/read-transaction.ts";
import { ledgerTable, qualified } from "./structure/rows.ts";
import { own } from "./structure/scope.sql.ts";
import { writeReadingTo } from "./write-reading.ts";

const { escapeIdentifier } = pg;
const rowsPerFetch = 2000;

export interface ExportInput {
  module: string;
  version: string;
  file: string;
}

interface Column {
  name: string;
  type: string;
}

/**
 * A gzip of NDJSON: `{ graft: "export", … }`, then for each table `{ table, columns }` and its rows as arrays of
 * PostgreSQL's text form (null for NULL), which any server reads back exactly. As of one moment. The file appears
 * whole or not at all.
 */
export async function exportData(client: pg.Client, input: ExportInput) {
  const total = { rows: 0, tables: 0 };
  const reading = await beginReading(client);
  const bytes = await writeReadingTo(reading, {
    file: input.file,
    content: exportLines(reading, input, total),
    compress: createGzip(),
    onWritten: () => faultPoint("export.rename.before"),
  });
  return { ...total, bytes };
}

async function* exportLines(
  reading: Reading,
  input: ExportInput,
  total: { rows: number; tables: number },
): AsyncGenerator<string> {
  const { client } = reading;
  const { rows: tables } = await client.query<ExportedTable>(tablesSql);
  yield line({
    graft: "export",
    v: 1,
    module: input.module,
    version: input.version,
    exportedAt: new Date().toISOString(),
    tables: tables.map(({ schema, name }) => (schema === "public" ? name : `${schema}.${name}`)),
  });
  for (const { schema, name, columns } of tables) {
    yield line({ ...(schema === "public" ? {} : { schema }), table: name, columns });
    total.tables += 1;
    const table = qualified({ schema, name });
    for await (const rows of seeingAll(reading, table, () => readRows(client, table, columns))) {
      total.rows += rows.length;
      yield rows.map(line).join("");
    }
  }
}

async function* readRows(client: pg.Client, table: string, columns: Column[]) {
  const list = columns.map(({ name }) => `${escapeIdentifier(name)}::pg_catalog.text`).join(", ");
  await client.query(`DECLARE graft_export NO SCROLL CURSOR FOR SELECT ${list} FROM ${table}`);
  for (;;) {
    const { rows } = await client.query<(string | null)[]>({
      text: `FETCH ${rowsPerFetch} FROM graft_export`,
      rowMode: "array",
    });
    if (rows.length > 0) yield rows;
    if (rows.length < rowsPerFetch) break;
  }
  await client.query("CLOSE graft_export");
}

function line(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

interface ExportedTable {
  schema: string;
  name: string;
  columns: Column[];
}

/** Without Prisma's ledger; a partition's rows come with its parent's. */
const tablesSql = `
  SELECT n.nspname::text AS schema, c.relname::text AS name,
    (SELECT coalesce(json_agg(json_build_object('name', a.attname, 'type', pg_catalog.format_type(a.atttypid, a.atttypmod)) ORDER BY a.attnum), '[]')
     FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE ${own("pg_class", "c.oid")} AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> '${ledgerTable}'
  ORDER BY n.nspname <> 'public', 1, 2`;
