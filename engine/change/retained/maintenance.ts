import { isGraftError, type Log } from "../../core/index.ts";

export interface Maintenance {
  start(): void;
  close(): Promise<void>;
}

const lookMs = 10 * 60 * 1000;
const dayMs = 86_400_000;

/** What is done once a day; a change that is going on puts it off to the next look. */
export function createMaintenance(deps: {
  log: Log;
  retain(): Promise<unknown>;
  collect(): Promise<unknown>;
  dropUnnamed(): Promise<unknown>;
}): Maintenance {
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> | null = null;
  let collectedAtMs: number | null = null;

  async function attempt(what: string, work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      const isBusy = isGraftError(error) && error.code === "OPERATION_IN_PROGRESS";
      if (!isBusy) deps.log.warn({ err: error }, `${what} will be tried again`);
      return false;
    }
  }
  async function look(): Promise<void> {
    await attempt("retention", deps.retain);
    await attempt("dropping databases that nothing names", deps.dropUnnamed);
    // By a clock that nobody sets.
    if (collectedAtMs !== null && performance.now() - collectedAtMs < dayMs) return;
    if (await attempt("collecting the store", deps.collect)) collectedAtMs = performance.now();
  }
  return {
    start() {
      timer = setInterval(() => {
        working ??= look().finally(() => {
          working = null;
        });
      }, lookMs).unref();
    },
    async close() {
      clearInterval(timer);
      await working;
    },
  };
}
