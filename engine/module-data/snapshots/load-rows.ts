import type pg from "pg";
import { isConnectionError } from "../connections/connection-errors.ts";
import { openLargeObject } from "./large-objects.ts";
import { openRowSink, type RowSink } from "./read-rows.ts";
import { readSnapshot } from "./read-snapshot.ts";
import { attempt, type Restoring } from "./run-statements.ts";
import type { SnapshotEnd, SnapshotHeader } from "./snapshot-format.ts";
import { copyTarget, qualified, type RowTable } from "./structure/rows.ts";
import type { Statement } from "./structure/types.ts";

/** A table that did not take its rows. */
interface Failure {
  table: string;
  error: { constraint?: string; message: string };
}

/**
 * Loads the rows, and again those of tables that did not take them: a function that they call may read a table that
 * was loaded later, be found in another schema only, or belong to a domain's check, which then goes.
 * @param checks domains' checks that stand before the rows
 * @returns the checks that went
 */
export async function loadRows(
  restoring: Restoring,
  file: string,
  { begin, checks }: { begin(header: SnapshotHeader): Promise<void>; checks(): Statement[] },
): Promise<{ end: SnapshotEnd; dropped: Statement[] }> {
  const { client, paths } = restoring;
  const dropped: Statement[] = [];
  const pass = (only?: Set<string>) => readPass(client, file, only ? { only } : { begin });
  let { end, failures } = await pass();
  while (failures.length > 0) {
    const before = failures.length;
    const again = () => pass(new Set(failures.map(({ table }) => table)));
    ({ failures } = await again());
    if (failures.length > 0 && failures.length === before) ({ failures } = await paths.widely(again));
    if (failures.length < before) continue;
    const gone = await dropChecks(
      client,
      checks().filter((check) => !dropped.includes(check)),
      failures,
    );
    if (gone.length === 0) throw failures[0]?.error;
    dropped.push(...gone);
  }
  return { end, dropped };
}

/** That which the first failure names, else all. */
async function dropChecks(client: pg.Client, checks: Statement[], failures: Failure[]): Promise<Statement[]> {
  const { constraint } = failures[0]?.error ?? {};
  const named = checks.filter(({ undo }) => constraint !== undefined && undo?.includes(constraint));
  const gone = named.length > 0 ? named : checks;
  for (const { undo } of gone) if (undo) await attempt(client, undo);
  return gone;
}

/** The first pass loads all; others load some tables only, whose rows the file is searched for. */
async function readPass(
  client: pg.Client,
  file: string,
  { begin, only }: { begin?: (header: SnapshotHeader) => Promise<void>; only?: Set<string> },
): Promise<{ end: SnapshotEnd; failures: Failure[] }> {
  const failures: Failure[] = [];
  let inTransaction = false;
  const leaveLargeObjects = async () => {
    if (inTransaction) await client.query("COMMIT");
    inTransaction = false;
  };
  const end = await readSnapshot(file, {
    header: async (header) => begin?.(header),
    table(table) {
      const name = qualified(table);
      if (only && !only.has(name)) return null;
      return tolerant(
        async (first) => {
          await leaveLargeObjects();
          return openTableSink(client, table, first);
        },
        (error) => failures.push({ table: name, error }),
      );
    },
    async largeObject(oid) {
      if (only) return null;
      if (!inTransaction) await client.query("BEGIN");
      inTransaction = true;
      return openLargeObject(client, oid);
    },
  });
  await leaveLargeObjects();
  return { end, failures };
}

/** A piece of COPY's output is at most this long; a table whose first piece is, may be large. */
const largeFromBytes = 32 * 1024;

/**
 * Rows of a table that was emptied in the same transaction are frozen at once, and where the server keeps no more log
 * than it needs they are not written to it. Emptying costs a file, which small tables do without.
 */
async function openTableSink(client: pg.Client, table: RowTable, first: Buffer): Promise<RowSink> {
  const copy = `COPY ${copyTarget(table)} FROM STDIN`;
  if (first.length < largeFromBytes) return openRowSink(client, copy);
  await client.query(`BEGIN; TRUNCATE ONLY ${qualified(table)}`);
  const sink = openRowSink(client, `${copy} WITH (FREEZE)`);
  const orRollBack = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      if (!isConnectionError(error)) await client.query("ROLLBACK");
      throw error;
    }
  };
  return {
    write: (bytes) => orRollBack(() => sink.write(bytes)),
    end: () =>
      orRollBack(async () => {
        await sink.end();
        await client.query("COMMIT");
      }),
  };
}

/** A refusal by PostgreSQL is told and the rest of the rows let go; anything else is thrown. */
function tolerant(
  open: (first: Buffer) => Promise<RowSink>,
  onRefusal: (error: Failure["error"]) => void,
): RowSink {
  let sink: RowSink | null = null;
  let refused = false;
  const guard = async (work: () => Promise<void>) => {
    if (refused) return;
    try {
      await work();
    } catch (error) {
      if (isConnectionError(error) || typeof (error as { severity?: unknown }).severity !== "string")
        throw error;
      refused = true;
      onRefusal(error as Failure["error"]);
    }
  };
  return {
    write: (bytes) =>
      guard(async () => {
        sink ??= await open(bytes);
        await sink.write(bytes);
      }),
    end: () => guard(async () => sink?.end()),
  };
}
