import { createHash } from "node:crypto";
import { constants, createZstdCompress } from "node:zlib";
import type pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { faultPoint } from "../../core/index.ts";
import { type Reading, seeingAll } from "../connections/read-transaction.ts";
import type { SnapshotInput } from "../types.ts";
import { createFrameWriter, type FrameWriter } from "./frames.ts";
import { largeObjectFrames } from "./large-objects.ts";
import { searchPathOf } from "./search-paths.ts";
import type { Setting, SnapshotEnd, SnapshotHeader, SnapshotRoles } from "./snapshot-format.ts";
import { readGeneratedColumns, sumGeneratedColumns } from "./structure/generated-columns.ts";
import { readStructure } from "./structure/read-structure.ts";
import { copyTarget, ledgerTable, qualified, readRowTables, readSequences } from "./structure/rows.ts";
import { extensionsSql, type InstalledExtension, settingsSql } from "./structure/schemas.sql.ts";
import { writeReadingTo } from "./write-reading.ts";

export interface WriteSnapshotInput extends Omit<SnapshotInput, "place"> {
  module: string;
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
 * The whole database as of the reading's moment, which it ends: structure as statements, large objects, rows as COPY
 * writes them, sequences. The file appears whole, flushed, or not at all.
 * @throws TABLE_LOCKED when somebody holds a table and does not let go
 */
export async function writeSnapshot(reading: Reading, input: WriteSnapshotInput): Promise<SnapshotResult> {
  const end: SnapshotEnd = { rows: 0, tables: 0, sums: [], sequences: [] };
  const bytes = await writeReadingTo(reading, {
    file: input.file,
    content: frames(reading, input, end),
    compress: createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 1 } }),
    onWritten: () => faultPoint("snapshot.rename.before"),
  });
  return { rows: end.rows, tables: end.tables, bytes };
}

async function* frames(
  reading: Reading,
  input: WriteSnapshotInput,
  end: SnapshotEnd,
): AsyncGenerator<Buffer> {
  const { client } = reading;
  const writer = createFrameWriter();
  await client.query(sessionSql);
  const header = await readHeader(client, input);
  const path = searchPathOf(header.settings);
  yield writer.json(header);
  const largeObjects = yield* largeObjectFrames(client, writer, input.onBytes);
  if (largeObjects.length > 0) end.largeObjects = largeObjects;
  const generated = new Map(
    (await readGeneratedColumns(client)).map((columns) => [qualified(columns), columns]),
  );
  for (const table of await readRowTables(client)) {
    const name = qualified(table);
    const columns = generated.get(name);
    yield writer.json({ table });
    const sum = yield* seeingAll(reading, name, async function* () {
      const written = yield* tableFrames(client, writer, {
        target: copyTarget(table),
        onBytes: input.onBytes,
      });
      const generated = columns && (await sumGeneratedColumns(client, columns, path));
      return generated ? { ...written, generated } : written;
    });
    end.sums.push({ schema: table.schema, name: table.name, ...sum });
    if (table.name === ledgerTable) continue;
    end.tables += 1;
    end.rows += sum.rows;
  }
  end.sequences = await readSequences(client);
  yield writer.json({ end, sha256: writer.digest() });
}

async function readHeader(client: pg.Client, input: WriteSnapshotInput): Promise<SnapshotHeader> {
  const { module, version, roles, digest } = input;
  return {
    graft: "snapshot",
    v: 2,
    module,
    version,
    takenAt: new Date().toISOString(),
    structure: await readStructure(client),
    settings: (await client.query<Setting>(settingsSql)).rows,
    roles: { ownerRole: roles.ownerRole, runtimeRole: roles.runtimeRole },
    ...(digest === undefined ? {} : { digest }),
    installed: (await client.query<InstalledExtension>(extensionsSql)).rows,
  };
}

/** `target`: as {@link copyTarget} writes it. @returns the number of rows, and the sum of their bytes */
export async function* tableFrames(
  client: pg.ClientBase,
  writer: Pick<FrameWriter, "data">,
  { target, onBytes }: { target: string; onBytes?: ((bytes: number) => void) | undefined },
): AsyncGenerator<Buffer, { rows: number; sha256: string }> {
  const hash = createHash("sha256");
  const copy = client.query(copyTo(`COPY ${target} TO STDOUT`));
  for await (const chunk of copy as AsyncIterable<Buffer>) {
    onBytes?.(chunk.length);
    hash.update(chunk);
    yield writer.data(chunk);
  }
  return { rows: copy.rowCount, sha256: hash.digest("hex") };
}

/** What changes how values are written. */
export const sessionSql = `SET LOCAL search_path = pg_catalog, pg_temp; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'postgres';
  SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'; SET LOCAL TimeZone = 'UTC'; SET LOCAL xmloption = 'content';
  SET LOCAL lc_monetary = 'C'; SET LOCAL quote_all_identifiers = off; SET LOCAL synchronize_seqscans = off;
  SET LOCAL statement_timeout = 0; SET LOCAL maintenance_work_mem = '128MB'; SET LOCAL check_function_bodies = off`;
