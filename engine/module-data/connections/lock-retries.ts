import type pg from "pg";
import type { Log } from "../../core/index.ts";
import { migrationBlocked, readBlockers } from "./blockers.ts";
import type { ModuleServer } from "./module-server.ts";
import { pastLockers } from "./past-lockers.ts";

/** How a change waits for tables that are in use. */
export interface LockRetries {
  /** While it waits, everyone else who wants the table waits behind: so never long, but often. */
  timeoutMs: number;
  attempts: number;
  /** After the first attempt; longer after each. */
  pauseMs: number;
}

export const lockRetries: LockRetries = { timeoutMs: 1000, attempts: 12, pauseMs: 150 };
const lockNotAvailable = "55P03";

interface Attempts<T> {
  server: ModuleServer;
  log: Log;
  locks: LockRetries;
  /** In whose transaction the work is done, with `locks.timeoutMs` as its lock timeout. */
  client: pg.Client;
  module: string;
  /** Of the module's process. */
  role: string;
  /** In a transaction that has begun. */
  work(): Promise<T>;
  /** Begins the next. */
  again(): Promise<unknown>;
}

/**
 * The whole transaction, and again when a table was in use for too long: between two tries everyone gets on.
 * @throws MIGRATION_BLOCKED with the sessions that were in the way
 */
export async function withLockRetries<T>(attempts: Attempts<T>): Promise<T> {
  const { server, log, locks, client, module, role } = attempts;
  const waiting = { server, log, client, role, lookMs: locks.timeoutMs * 0.4 };
  for (let attempt = 1; ; attempt++) {
    try {
      return await pastLockers(waiting, attempts.work);
    } catch (error) {
      if (sqlState(error) !== lockNotAvailable) throw error;
      await client.query("ROLLBACK");
      const blockers = await readBlockers(client, server);
      log.info({ module, attempt, blockers }, "a migration waits for a table that is in use");
      if (attempt >= locks.attempts) throw migrationBlocked(module, error as Error, { ...locks, blockers });
      await new Promise((resolve) => setTimeout(resolve, locks.pauseMs * attempt));
      await attempts.again();
    }
  }
}

/** PostgreSQL's own, or what was made of it. */
export function sqlState(error: unknown): unknown {
  const { code, details } = error as { code?: unknown; details?: { sqlState?: unknown } };
  return details?.sqlState ?? code;
}
