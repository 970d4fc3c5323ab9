import { createReadStream } from "node:fs";
import { createZstdDecompress } from "node:zlib";
import type pg from "pg";
import { GraftError } from "../../core/index.ts";
import { clearSchema } from "../schemas/clear-schema.ts";
import { openRowSink, readRows } from "./read-rows.ts";
import { copyTarget, type RowTable } from "./structure/rows.ts";
import { type SnapshotHeader, type SnapshotRoles, sessionSql } from "./write-snapshot.ts";

export interface RestoreSnapshotInput extends SnapshotRoles {
  schema: string;
  file: string;
}

/**
 * Replaces everything in the schema by the snapshot's content, in the caller's open transaction on the owner's
 * connection. @throws DIGEST_MISMATCH when the file is damaged; the caller rolls back
 */
export async function restoreSnapshot(
  client: pg.Client,
  input: RestoreSnapshotInput,
): Promise<{ rows: number; tables: number }> {
  await client.query(sessionSql);
  const source = createReadStream(input.file);
  const stream = source.pipe(createZstdDecompress());
  source.on("error", (error) => stream.destroy(error));
  // Whoever iterates gets the error as well; this is for the moments in which nobody does.
  stream.on("error", () => {});
  try {
    return await load(client, input, stream);
  } finally {
    stream.destroy();
    source.destroy();
  }
}

export type SnapshotMessage =
  | SnapshotHeader
  | { table: RowTable }
  | { end: { rows: number; tables: number }; sha256: string };

async function load(client: pg.Client, input: RestoreSnapshotInput, stream: AsyncIterable<Buffer>) {
  let structure: SnapshotHeader["structure"] | undefined;
  let end: { rows: number; tables: number } | undefined;
  try {
    await readRows<SnapshotMessage>(stream, async (message, digest) => {
      if ("table" in message)
        return openRowSink(client, `COPY ${copyTarget(input.schema, message.table)} FROM STDIN`);
      if ("graft" in message) {
        checkHeader(message, input.schema);
        structure = withRoles(message, input);
        await clearSchema(client, input.schema);
        await run(client, structure.before);
      } else {
        if (message.sha256 !== digest()) throw new Error("its checksum is another");
        end = message.end;
      }
      return null;
    });
    if (!structure || !end) throw new Error("it ends too early");
  } catch (cause) {
    throw isPostgresError(cause) ? cause : damaged(input.file, cause);
  }
  await run(client, structure.after);
  return end;
}

/** Policies name roles, and roles are called after their database. */
function withRoles({ structure, roles }: SnapshotHeader, to: SnapshotRoles): SnapshotHeader["structure"] {
  if (!roles || roles.ownerRole === to.ownerRole) return structure;
  const renamed = (sql: string) =>
    sql.replaceAll(roles.ownerRole, to.ownerRole).replaceAll(roles.runtimeRole, to.runtimeRole);
  return { before: structure.before.map(renamed), after: structure.after.map(renamed) };
}

async function run(client: pg.Client, statements: string[]): Promise<void> {
  if (statements.length > 0) await client.query(statements.join(";\n"));
}

function checkHeader(header: SnapshotHeader, schema: string): void {
  if (header.graft !== "snapshot" || header.v !== 1) throw new Error("it was written by a newer Graft");
  if (header.schema !== schema) throw new Error(`it holds the schema ${header.schema}, not ${schema}`);
}

function isPostgresError(error: unknown): boolean {
  return typeof (error as { severity?: unknown }).severity === "string";
}

export function damaged(file: string, cause: unknown): GraftError {
  const reason = (cause as Error).message;
  return new GraftError("DIGEST_MISMATCH", `The snapshot ${file} cannot be restored: ${reason}.`, {
    hint: "Nothing was changed. Restore another snapshot or a backup.",
    details: { file, reason },
    cause,
  });
}
