import { createWriteStream } from "node:fs";
import { rename, rm, stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import pg from "pg";
import { diskFull, faultPoint } from "../../core/index.ts";
import { readTransaction } from "../connections/read-transaction.ts";
import { tablesSql } from "../schemas/inspect.ts";

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
export async function exportSchema(client: pg.Client, schema: string, input: ExportInput) {
  const partial = `${input.file}.partial`;
  const total = { rows: 0, tables: 0 };
  try {
    await readTransaction(client, schema, () =>
      pipeline(
        Readable.from(exportLines(client, schema, input, total)),
        createGzip(),
        createWriteStream(partial, { flags: "w", mode: 0o600, flush: true }),
      ),
    );
    faultPoint("export.rename.before");
    await rename(partial, input.file);
  } catch (error) {
    await rm(partial, { force: true });
    throw diskFull(Object.assign(error as Error, { path: input.file })) ?? error;
  }
  return { ...total, bytes: (await stat(input.file)).size };
}

async function* exportLines(
  client: pg.Client,
  schema: string,
  input: ExportInput,
  total: { rows: number; tables: number },
): AsyncGenerator<string> {
  const { rows: tables } = await client.query<{ name: string }>(tablesSql, [schema]);
  yield line({
    graft: "export",
    v: 1,
    module: input.module,
    version: input.version,
    exportedAt: new Date().toISOString(),
    tables: tables.map((table) => table.name),
  });
  for (const { name } of tables) {
    const { rows: columns } = await client.query<Column>(columnsSql, [schema, name]);
    yield line({ table: name, columns });
    total.tables += 1;
    for await (const rows of readRows(client, schema, name, columns)) {
      total.rows += rows.length;
      yield rows.map(line).join("");
    }
  }
}

async function* readRows(client: pg.Client, schema: string, table: string, columns: Column[]) {
  const list = columns.map(({ name }) => `${escapeIdentifier(name)}::pg_catalog.text`).join(", ");
  await client.query(
    `DECLARE graft_export NO SCROLL CURSOR FOR SELECT ${list} FROM ${escapeIdentifier(schema)}.${escapeIdentifier(table)}`,
  );
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

const columnsSql = `
  SELECT a.attname::text AS name, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type
  FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = $1 AND c.relname = $2 AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`;
