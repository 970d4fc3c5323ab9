import type pg from "pg";
import { isConnectionError } from "../connections/connection-errors.ts";
import { openLargeObject } from "./large-objects.ts";
import { openRowSink, type RowSink } from "./read-rows.ts";
import { readSnapshot } from "./read-snapshot.ts";
import { attempt, type Restoring } from "./run-statements.ts";
import type { SnapshotEnd, SnapshotHeader } from "./snapshot-format.ts";
import { copyTarget, qualified } from "./structure/rows.ts";
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
        async () => {
          await leaveLargeObjects();
          return openRowSink(client, `COPY ${copyTarget(table)} FROM STDIN`);
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

/** A refusal by PostgreSQL is told and the rest of the rows let go; anything else is thrown. */
function tolerant(open: () => Promise<RowSink>, onRefusal: (error: Failure["error"]) => void): RowSink {
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
        sink ??= await open();
        await sink.write(bytes);
      }),
    end: () => guard(async () => sink?.end()),
  };
}
