import { createWriteStream } from "node:fs";
import { rename, rm, stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { constants, createZstdCompress } from "node:zlib";
import type pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { diskFull, faultPoint } from "../../core/index.ts";
import { readTransaction } from "../connections/read-transaction.ts";
import type { SnapshotInput } from "../types.ts";
import { createFrameWriter, type FrameWriter } from "./frames.ts";
import { readStructure, type Structure } from "./structure/read-structure.ts";
import { copyTarget, ledgerTable, readRowTables, readSequences } from "./structure/rows.ts";

export interface SnapshotHeader {
  graft: "snapshot";
  v: 1;
  module: string;
  version: string;
  schema: string;
  takenAt: string;
  structure: Structure;
  /** As they are called where it was taken; another database has others. Absent in files of before. */
  roles?: SnapshotRoles;
  /** Of the module's version, where it is known. */
  digest?: string;
  extensions?: string[];
}

export interface SnapshotRoles {
  ownerRole: string;
  runtimeRole: string;
}

export interface WriteSnapshotInput extends SnapshotInput {
  schema: string;
  roles: SnapshotRoles;
}

export interface SnapshotResult {
  /** Of the file. */
  bytes: number;
  /** Of the module's tables; Prisma's ledger is in the file and not counted. */
  rows: number;
  tables: number;
}

/**
 * The whole schema as of one moment: structure as statements, rows as COPY writes them, sequences. On the owner's
 * connection. The file appears whole, flushed, or not at all.
 */
export async function writeSnapshot(client: pg.Client, input: WriteSnapshotInput): Promise<SnapshotResult> {
  const partial = `${input.file}.partial`;
  const total = { rows: 0, tables: 0 };
  try {
    await readTransaction(
      client,
      input.schema,
      (forced) =>
        pipeline(
          Readable.from(frames(client, input, forced, total), { objectMode: false }),
          createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 1 } }),
          createWriteStream(partial, { mode: 0o600, flush: true }),
        ),
      input.snapshotId,
    );
    faultPoint("snapshot.rename.before");
    await rename(partial, input.file);
  } catch (error) {
    await rm(partial, { force: true });
    throw diskFull(Object.assign(error as Error, { path: input.file })) ?? error;
  }
  return { ...total, bytes: (await stat(input.file)).size };
}

async function* frames(
  client: pg.Client,
  { module, version, schema, roles, digest, extensions, onBytes }: WriteSnapshotInput,
  forced: string[],
  total: { rows: number; tables: number },
): AsyncGenerator<Buffer> {
  const writer = createFrameWriter();
  await client.query(sessionSql);
  const structure = await readStructure(client, schema, forced);
  structure.after.push(...(await readSequences(client, schema)));
  const header: SnapshotHeader = {
    graft: "snapshot",
    v: 1,
    module,
    version,
    schema,
    takenAt: new Date().toISOString(),
    structure,
    roles,
    ...(digest === undefined ? {} : { digest }),
    ...(extensions === undefined ? {} : { extensions }),
  };
  yield writer.json(header);
  for (const table of await readRowTables(client, schema)) {
    yield writer.json({ table });
    const rows = yield* tableFrames(client, writer, copyTarget(schema, table), onBytes);
    if (table.name === ledgerTable) continue;
    total.tables += 1;
    total.rows += rows;
  }
  yield writer.json({ end: total, sha256: writer.digest() });
}

/** @param target as {@link copyTarget} writes it. @returns the number of rows */
export async function* tableFrames(
  client: pg.ClientBase,
  writer: FrameWriter,
  target: string,
  onBytes?: (bytes: number) => void,
): AsyncGenerator<Buffer, number> {
  const copy = client.query(copyTo(`COPY ${target} TO STDOUT`));
  for await (const chunk of copy as AsyncIterable<Buffer>) {
    onBytes?.(chunk.length);
    yield writer.data(chunk);
  }
  return copy.rowCount;
}

/** What changes how values are written; the same is set for reading them back. */
export const sessionSql = `SET LOCAL search_path = pg_catalog, pg_temp; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'postgres';
  SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'; SET LOCAL TimeZone = 'UTC'; SET LOCAL xmloption = 'content';
  SET LOCAL statement_timeout = 0; SET LOCAL maintenance_work_mem = '128MB'; SET LOCAL check_function_bodies = off`;
