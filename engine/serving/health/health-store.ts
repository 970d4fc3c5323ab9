import type { ModuleEventView } from "../../../contract/health.ts";
import type { HostDb, Log } from "../../core/index.ts";
import * as sql from "./health.sql.ts";
import { eventDays, sampleDays } from "./history-retention.ts";
import { mergeSamples, type Sample } from "./sample.ts";

export interface NewEvent {
  module: string;
  /** ISO 8601. */
  at: string;
  kind: string;
  message: string;
}

export interface HealthStore {
  addSamples(samples: readonly Sample[]): void;
  addEvent(event: NewEvent): void;
  /** Writes what waits; false when PostgreSQL is away, and then everything still waits. Never rejects. */
  flush(): Promise<boolean>;
  /** Stored and waiting ones, oldest first. */
  samples(module: string, fromMs: number): Promise<Sample[]>;
  /** Newest first. */
  events(options: { module?: string; limit: number }): Promise<ModuleEventView[]>;
  /** Removes what is past its time; the number of rows. */
  deleteOld(nowMs: number): Promise<number>;
}

export interface HealthStoreOptions {
  db: HostDb;
  log: Log;
  /** While PostgreSQL is away this many are kept, then the oldest go; default a day of seven modules. */
  maxWaitingSamples?: number;
  maxWaitingEvents?: number;
}

const dayMs = 86_400_000;
const batchRows = 5_000;

/** Samples and events in PostgreSQL, with a bounded buffer before it. */
export function createHealthStore(options: HealthStoreOptions): HealthStore {
  const { db, log, maxWaitingSamples = 10_000, maxWaitingEvents = 2_000 } = options;
  const waiting = new Map<string, Sample>();
  let events: NewEvent[] = [];
  let flushing: Promise<boolean> | null = null;
  let next: Promise<boolean> | null = null;
  let away = false;

  function addSamples(samples: readonly Sample[]): void {
    for (const sample of samples) {
      const key = `${sample.module} ${sample.minute}`;
      const other = waiting.get(key);
      waiting.set(key, other ? mergeSamples(other, sample) : sample);
    }
    for (const key of waiting.keys()) {
      if (waiting.size <= maxWaitingSamples) break;
      waiting.delete(key);
    }
  }

  async function flushOnce(): Promise<boolean> {
    const samples = [...waiting.values()];
    const batch = events;
    waiting.clear();
    events = [];
    try {
      if (samples.length > 0) await db.pool.query(sql.upsertSamples, [JSON.stringify(samples)]);
      samples.length = 0;
      if (batch.length > 0) await db.pool.query(sql.insertEvents, [JSON.stringify(batch)]);
      if (away) log.info("health figures are written again");
      away = false;
      return true;
    } catch (error) {
      // In front of what came meanwhile, so that the oldest go first when there are too many.
      const newer = [...waiting.values()];
      waiting.clear();
      addSamples(samples);
      addSamples(newer);
      events = [...batch, ...events].slice(-maxWaitingEvents);
      if (!away) log.warn({ err: error }, "health figures cannot be written; they wait");
      away = true;
      return false;
    }
  }

  /** What was added before the call is written when it resolves, so one under way does not count. */
  function flush(): Promise<boolean> {
    if (flushing) {
      next ??= flushing.then(() => {
        next = null;
        return flush();
      });
      return next;
    }
    flushing = flushOnce().finally(() => {
      flushing = null;
    });
    return flushing;
  }

  async function deleteInBatches(statement: string, before: Date): Promise<number> {
    let removed = 0;
    for (;;) {
      const { rowCount } = await db.pool.query(statement, [before, batchRows]);
      removed += rowCount ?? 0;
      if ((rowCount ?? 0) < batchRows) return removed;
    }
  }

  return {
    addSamples,
    addEvent(event) {
      // PostgreSQL's JSON knows neither NUL nor half a surrogate pair; one such message would hold up all.
      const message = event.message.replaceAll("\0", "").slice(0, 1_000).toWellFormed();
      events.push({ ...event, message });
      if (events.length > maxWaitingEvents) events.shift();
    },
    flush,
    async samples(module, fromMs) {
      await flush();
      const { rows } = await db.pool.query<Omit<Sample, "minute"> & { minute: Date }>(sql.selectSamples, [
        module,
        new Date(fromMs),
      ]);
      return rows.map((row) => ({ ...row, minute: row.minute.toISOString() }));
    },
    async events({ module, limit }) {
      await flush();
      const { rows } = await db.pool.query<Omit<ModuleEventView, "at"> & { at: Date }>(sql.selectEvents, [
        module ?? null,
        limit,
      ]);
      return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
    },
    async deleteOld(nowMs) {
      const samples = await deleteInBatches(sql.deleteOldSamples, new Date(nowMs - sampleDays * dayMs));
      const old = await deleteInBatches(sql.deleteOldEvents, new Date(nowMs - eventDays * dayMs));
      return samples + old;
    },
  };
}
