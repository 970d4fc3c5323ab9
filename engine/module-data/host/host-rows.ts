import { createReadStream, createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { constants, createZstdCompress, createZstdDecompress } from "node:zlib";
import type pg from "pg";
import { GraftError } from "../../core/index.ts";
import { createFrameWriter } from "../snapshots/frames.ts";
import { openRowSink, readRows } from "../snapshots/read-rows.ts";
import { copyTarget, type RowTable, readRowTables } from "../snapshots/structure/rows.ts";
import { sessionSql, tableFrames } from "../snapshots/write-snapshot.ts";

const schema = "graft";
const ledger = "_prisma_migrations";

const isHosts = (table: RowTable) => table.schema === schema && table.name !== ledger;

interface SequenceState {
  name: string;
  last: string;
  called: boolean;
}

export type HostRowsMessage =
  | { graft: "host-rows"; v: 1; sequences: SequenceState[] }
  | { table: RowTable }
  /** `sums`: by table, of the bytes that COPY wrote. */
  | { end: { rows: number; sums: Record<string, string> }; sha256: string };

/**
 * The rows of the host's own tables as of the transaction that `client` is in. No structure: that is what the host's
 * migrations make, so that nothing from a file is ever executed on the host's connection.
 */
export async function writeHostRows(
  client: pg.ClientBase,
  input: { file: string; onBytes?: (bytes: number) => void },
): Promise<{ migrations: string[]; rows: number }> {
  const total = { rows: 0, sums: {} as Record<string, string> };
  const { rows: applied } = await client.query<{ name: string }>(
    `SELECT migration_name AS name FROM ${schema}.${ledger} WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY 1`,
  );
  await client.query(sessionSql);
  await pipeline(
    Readable.from(frames(client, total, input.onBytes), { objectMode: false }),
    createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 1 } }),
    createWriteStream(input.file, { mode: 0o600, flush: true }),
  );
  return { migrations: applied.map(({ name }) => name), rows: total.rows };
}

async function* frames(
  client: pg.ClientBase,
  total: { rows: number; sums: Record<string, string> },
  onBytes?: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  const writer = createFrameWriter();
  const { rows: sequences } = await client.query<SequenceState>(
    `SELECT sequencename::text AS name, coalesce(last_value, start_value)::text AS last, last_value IS NOT NULL AS called
     FROM pg_catalog.pg_sequences WHERE schemaname = $1 ORDER BY 1`,
    [schema],
  );
  yield writer.json({ graft: "host-rows", v: 1, sequences } satisfies HostRowsMessage);
  for (const table of await readTables(client)) {
    yield writer.json({ table } satisfies HostRowsMessage);
    const written = yield* tableFrames(client, writer, { target: copyTarget(table), onBytes });
    total.rows += written.rows;
    total.sums[table.name] = written.sha256;
  }
  yield writer.json({ end: total, sha256: writer.digest() } satisfies HostRowsMessage);
}

/** What others refer to comes first. */
export async function readTables(client: pg.ClientBase): Promise<RowTable[]> {
  const tables = (await readRowTables(client)).filter(isHosts);
  const { rows: edges } = await client.query<{ from: string; to: string }>(
    `SELECT a.relname::text AS from, b.relname::text AS to FROM pg_catalog.pg_constraint c
     JOIN pg_catalog.pg_class a ON a.oid = c.conrelid JOIN pg_catalog.pg_class b ON b.oid = c.confrelid
     WHERE c.contype = 'f' AND c.connamespace = $1::pg_catalog.regnamespace`,
    [schema],
  );
  const placed = new Set<RowTable>();
  const place = (table: RowTable) => {
    if (placed.has(table)) return;
    for (const edge of edges) {
      const other = tables.find(({ name }) => name === edge.to);
      if (edge.from === table.name && other && other !== table) place(other);
    }
    placed.add(table);
  };
  for (const table of tables) place(table);
  return [...placed];
}

/**
 * Replaces the rows of the host's tables by those of the file, in the caller's open transaction.
 * @throws DIGEST_MISMATCH
 */
export async function readHostRows(client: pg.ClientBase, file: string): Promise<void> {
  await client.query(sessionSql);
  const tables = (await readRowTables(client)).filter(isHosts);
  await client.query(`TRUNCATE ${tables.map(({ name }) => `${schema}."${name}"`).join(", ")}`);
  const source = createReadStream(file);
  const stream = source.pipe(createZstdDecompress());
  source.on("error", (error) => stream.destroy(error));
  stream.on("error", () => {});
  let complete = false;
  await readRows<HostRowsMessage>(stream, async (message, digest) => {
    if ("table" in message) {
      if (!tables.some(({ name }) => name === message.table.name)) throw damaged(file);
      return openRowSink(client, `COPY ${copyTarget(message.table)} FROM STDIN`);
    }
    if ("end" in message) complete = message.sha256 === digest();
    else for (const sequence of message.sequences) await setSequence(client, sequence);
    return null;
  });
  if (!complete) throw damaged(file);
}

async function setSequence(client: pg.ClientBase, { name, last, called }: SequenceState): Promise<void> {
  await client.query(
    "SELECT pg_catalog.setval(pg_catalog.format('%I.%I', $1::text, $2::text)::pg_catalog.regclass, $3, $4)",
    [schema, name, last, called],
  );
}

function damaged(file: string): GraftError {
  return new GraftError("DIGEST_MISMATCH", `The host's rows in ${file} are damaged.`, {
    hint: "Restore another backup.",
  });
}
