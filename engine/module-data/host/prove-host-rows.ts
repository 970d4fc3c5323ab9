import { createReadStream } from "node:fs";
import { createZstdDecompress } from "node:zlib";
import { createHostDb } from "../../core/index.ts";
import { readFrames } from "../snapshots/frames.ts";
import { copyTarget } from "../snapshots/structure/rows.ts";
import { sessionSql, tableFrames } from "../snapshots/write-snapshot.ts";
import type { SnapshotProof } from "../types.ts";
import { type HostRowsMessage, readHostRows, readTables } from "./host-rows.ts";
import { migrateHost } from "./migrate-host.ts";

/** Puts the rows into an empty database, on tables as the migrations made them, and compares each table with the file. */
export async function proveHostRows(
  url: string,
  { file, migrationsDir, migrations }: { file: string; migrationsDir: string; migrations: string[] },
): Promise<SnapshotProof> {
  await migrateHost(url, migrationsDir, migrations);
  const db = createHostDb(url);
  try {
    const client = await db.pool.connect();
    try {
      await client.query("BEGIN");
      await readHostRows(client, file);
      await client.query(`COMMIT; BEGIN; ${sessionSql}`);
      const { rows, sums } = await readEnd(file);
      const differences: string[] = [];
      for (const table of await readTables(client)) {
        const frames = tableFrames(client, { data: (bytes) => bytes }, { target: copyTarget(table) });
        let found = await frames.next();
        while (!found.done) found = await frames.next();
        if (sums[table.name] !== found.value.sha256) differences.push(`rows differ: graft.${table.name}`);
      }
      await client.query("COMMIT");
      return { rows, tables: Object.keys(sums).length, notValid: [], differences };
    } finally {
      client.release(true);
    }
  } finally {
    await db.close();
  }
}

async function readEnd(file: string) {
  const source = createReadStream(file);
  const stream = source.pipe(createZstdDecompress());
  source.on("error", (error) => stream.destroy(error));
  for await (const frame of readFrames(stream)) {
    if (frame.kind !== "json") continue;
    const message = frame.value as HostRowsMessage;
    if ("end" in message) return message.end;
  }
  return { rows: 0, sums: {} as Record<string, string> };
}
