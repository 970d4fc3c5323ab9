import { GraftError, isGraftError, type Log } from "../../core/index.ts";
import { type LockRetries, withLockRetries } from "../connections/lock-retries.ts";
import type { ModuleServer } from "../connections/module-server.ts";
import type { Naming } from "../connections/names.ts";
import { transactionEnd } from "../connections/open-transaction.ts";
import type { OwnerConnections } from "../connections/owner-connections.ts";
import { sealSql } from "../connections/seal.ts";
import { readLedger } from "../migrations/history.ts";
import { describeStructure } from "../snapshots/structure/read-structure.ts";
import type { DataPlace, OpenMigration } from "../types.ts";
import { linesOf, structureDigest } from "./compare-structures.ts";
import { run } from "./trial.ts";
import type { ReverseMigration } from "./types.ts";

interface GoBackDeps {
  server: ModuleServer;
  naming: Naming;
  owners: OwnerConnections;
  log: Log;
  locks: LockRetries;
}

/**
 * Runs a reverse migration on the owner's connection, in a transaction that stays open. Once gone, nothing is left to do, so it may
 * be repeated after a crash. On a throw nothing is left.
 * @throws MIGRATION_FAILED when it fails or ends in another structure, MIGRATION_BLOCKED when a table was in use all the time
 */
export async function runReverseMigration(
  { server, naming, owners, log, locks }: GoBackDeps,
  { place, way }: { place: DataPlace; way: ReverseMigration },
): Promise<Pick<OpenMigration, "commit" | "rollback">> {
  const { module } = place;
  const client = await owners.open(place, { lockTimeoutMs: locks.timeoutMs });
  const digest = async () => structureDigest(linesOf(await describeStructure(client)));
  const begin = () => client.query("BEGIN");
  try {
    await begin();
    await withLockRetries({
      ...{ server, log, locks, client, module, role: naming.roles(module).runtimeRole },
      work: leadBack,
      again: begin,
    });
    return transactionEnd(client);
  } catch (error) {
    await client.end().catch(() => {});
    if (isGraftError(error) || !isStatementError(error)) throw error;
    const reason = (error as Error).message;
    throw new GraftError("MIGRATION_FAILED", `The reverse migration of ${module} failed: ${reason}.`, {
      hint: "Nothing was changed. Go back with the data as of the snapshot instead.",
      details: { module, reason },
      cause: error,
    });
  }

  async function leadBack(): Promise<void> {
    const applied = new Set((await readLedger(client)).map(({ name }) => name));
    if (way.migrations.some((name) => applied.has(name))) {
      // From the structure it was tried on, what Graft wrote ends where it did. That is looked at before tables are locked:
      // requests wait from the first statement to the commit. What an author wrote may depend on rows.
      if (way.by === "graft" && (await digest()) !== way.from)
        throw new Error("its tables are not as its migrations made them");
      await run(client, way.scripts);
      await client.query("DELETE FROM public._prisma_migrations WHERE migration_name = ANY ($1::text[])", [
        way.migrations,
      ]);
      if (way.by === "author") await requireStructure();
    } else await requireStructure();
    await client.query("RESET search_path");
    await client.query(sealSql(naming.roles(module)));
  }

  async function requireStructure(): Promise<void> {
    if ((await digest()) !== way.structure)
      throw new Error("it does not end in the older version's structure");
  }
}

/** Not a lost connection, which says itself what it is. */
function isStatementError(error: unknown): boolean {
  const { code } = error as { code?: string };
  return code === undefined || /^[0-9A-Z]{5}$/.test(code);
}
