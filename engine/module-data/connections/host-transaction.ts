import type pg from "pg";
import type { ModuleServer } from "./module-server.ts";

// Two hosts making, changing or dropping one role or schema at the same instant: the loser looks again and goes on.
const collisions = new Set(["XX000", "23505", "42710", "42P06", "42704", "40P01", "40001"]);
const attempts = 10;

/** Runs `work` in a transaction on the host's login there, again when it collides with another host in the system catalogues. */
export async function hostTransaction<T>(
  server: Pick<ModuleServer, "pool">,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const client = await server.pool.connect();
    try {
      await client.query("BEGIN; SET LOCAL lock_timeout = '10s'");
      const result = await work(client);
      await client.query("COMMIT");
      client.release();
      return result;
    } catch (error) {
      await client.query("ROLLBACK").then(
        () => client.release(),
        (broken) => client.release(broken),
      );
      const code = (error as { code?: string }).code;
      if (attempt === attempts || code === undefined || !collisions.has(code)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 10 * attempt + Math.random() * 20));
    }
  }
}
