import type { Log } from "../log.ts";
import { type EmbeddedPostgres, isAlive, startEmbeddedPostgres } from "./start-embedded-postgres.ts";

const lookMs = 1000;

/**
 * {@link startEmbeddedPostgres}, and again on the same port whenever the server dies while the host lives: nobody else
 * would. `stop` ends whichever server runs by then.
 */
export async function keepEmbeddedPostgres(options: {
  dir: string;
  settings?: Record<string, string>;
  log: Log;
}): Promise<EmbeddedPostgres> {
  const { log, ...start } = options;
  const first = await startEmbeddedPostgres(start);
  let current = first;
  let starting: Promise<void> | null = null;
  let wasAlive = true;

  async function startAgain(): Promise<void> {
    // Said once for each time it dies, not for each attempt.
    if (wasAlive) log.error("the embedded PostgreSQL is gone; starting it again");
    wasAlive = false;
    try {
      current = await startEmbeddedPostgres({ ...start, port: first.port });
      wasAlive = true;
      log.info("the embedded PostgreSQL is back");
    } catch (error) {
      log.debug({ err: error }, "the embedded PostgreSQL did not start");
    }
  }
  const timer = setInterval(() => {
    if (starting || isAlive(current.pid)) return;
    starting = startAgain().finally(() => {
      starting = null;
    });
  }, lookMs);
  timer.unref();

  return {
    ...first,
    async stop() {
      clearInterval(timer);
      await starting;
      await current.stop();
    },
  };
}
