import { randomUUID } from "node:crypto";
import type { HostDb, Log } from "../../core/index.ts";
import { insertEvents, insertExposures, type NewEvent, type NewExposure } from "./experiments.sql.ts";

// Entries of 100 bytes or so: what a host keeps at most while PostgreSQL is away.
const waitingMax = 50_000;
const knownMax = 200_000;
const batch = 1_000;

export type Recorder = ReturnType<typeof createRecorder>;

/**
 * Takes exposures and events without waiting and writes them in batches. What it holds when the process is killed is
 * lost: at most `everyMs` of exposures and three times that of events.
 */
export function createRecorder(deps: { db: HostDb; log: Log; everyMs: number }) {
  const { pool } = deps.db;
  /** Variants by experiment and user, of this host since it started: repeated use costs one look-up. */
  const known = new Map<string, string>();
  let exposures = new Map<string, NewExposure>();
  let events: NewEvent[] = [];
  let dropped = 0;
  let writing: Promise<void> = Promise.resolve();
  const timer = setInterval(() => void inBackground(), deps.everyMs).unref();

  async function write(all: boolean) {
    const dueExposures = [...exposures.values()];
    exposures = new Map();
    // An event counts only where its exposure is known; another host may be about to write that.
    const settled = all ? Number.POSITIVE_INFINITY : Date.now() - 2 * deps.everyMs;
    const dueEvents = events.filter(({ atMs }) => atMs <= settled);
    events = events.filter(({ atMs }) => atMs > settled);
    try {
      for (let i = 0; i < dueExposures.length; i += batch)
        await insertExposures(pool, dueExposures.slice(i, i + batch));
    } catch (error) {
      for (const row of dueExposures) if (!exposures.has(keyOf(row))) exposures.set(keyOf(row), row);
      events = [...dueEvents, ...events];
      throw error;
    }
    try {
      for (let i = 0; i < dueEvents.length; i += batch)
        await insertEvents(pool, dueEvents.slice(i, i + batch));
    } catch (error) {
      events = [...dueEvents, ...events];
      throw error;
    }
  }
  const flush = (all = true) => {
    const next = writing.then(() => write(all));
    writing = next.catch(() => {});
    return next;
  };
  async function inBackground() {
    if (exposures.size === 0 && events.length === 0) return;
    await flush(false).catch((err: unknown) =>
      deps.log.warn({ err }, "exposures and goals wait for PostgreSQL"),
    );
    if (dropped > 0) deps.log.warn({ dropped }, "exposures and goals were more than could wait");
    dropped = 0;
  }

  return {
    expose({ experimentId, userId, variant, atMs }: Omit<NewExposure, "crossed">) {
      const key = keyOf({ experimentId, userId });
      if (known.get(key) === variant) return;
      if (exposures.size >= waitingMax) {
        dropped += 1;
        return;
      }
      const waiting = exposures.get(key);
      if (waiting === undefined) exposures.set(key, { experimentId, userId, variant, atMs, crossed: false });
      else waiting.crossed ||= waiting.variant !== variant;
      // Emptied rather than aged: the rows' key makes repetition harmless.
      if (known.size >= knownMax) known.clear();
      known.set(key, variant);
    },
    reach(event: Omit<NewEvent, "key"> & { key: string | undefined }) {
      if (events.length >= waitingMax) dropped += 1;
      else events.push({ ...event, key: event.key ?? randomUUID() });
    },
    flush: () => flush(),
    async close() {
      clearInterval(timer);
      await flush().catch((err: unknown) => deps.log.warn({ err }, "the last exposures and goals are lost"));
    },
  };
}

const keyOf = ({ experimentId, userId }: { experimentId: string; userId: string }) =>
  `${experimentId}:${userId}`;
