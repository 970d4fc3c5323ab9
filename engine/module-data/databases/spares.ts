import type { Log } from "../../core/index.ts";

/** Long enough for the change that took one to be done with the server. */
const refillAfterMs = 500;

export interface Spares {
  keep(): Promise<void>;
  /** In the background, soon. */
  refill(): void;
  close(): Promise<void>;
}

export function createSpares(keep: () => Promise<void>, log: Log): Spares {
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> | null = null;
  const refill = () => {
    working = keep().catch((err) =>
      log.warn({ err }, "no spare database was made; the next install makes its own"),
    );
  };
  return {
    keep,
    refill() {
      clearTimeout(timer);
      timer = setTimeout(refill, refillAfterMs).unref();
    },
    async close() {
      clearTimeout(timer);
      await working;
    },
  };
}
