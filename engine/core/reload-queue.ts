export interface ReloadQueue {
  /** Resolves when a load that began after this call is done; rejects with that load's error. */
  reload(ids: Iterable<string> | "*"): Promise<void>;
  /** Resolves when no load is running. */
  idle(): Promise<void>;
}

interface Batch {
  ids: Set<string> | "*";
  done: Promise<void>;
}

// Beyond this, one full read is cheaper than a list of ids.
const idsMax = 5_000;

/** One load at a time, so that an older read never overwrites a newer one; what is asked meanwhile joins one next load. */
export function createReloadQueue(load: (ids: Set<string> | "*") => Promise<void>): ReloadQueue {
  let running: Promise<void> = Promise.resolve();
  let next: Batch | null = null;

  return {
    reload(ids) {
      if (next === null) {
        const batch: Batch = { ids: new Set(), done: Promise.resolve() };
        batch.done = running
          .catch(() => {})
          .then(() => {
            next = null;
            return load(batch.ids);
          });
        running = batch.done;
        next = batch;
      }
      add(next, ids);
      return next.done;
    },
    idle: () => running.catch(() => {}),
  };
}

function add(batch: Batch, ids: Iterable<string> | "*") {
  if (batch.ids === "*") return;
  if (ids !== "*") for (const id of ids) batch.ids.add(id);
  if (ids === "*" || batch.ids.size > idsMax) batch.ids = "*";
}
