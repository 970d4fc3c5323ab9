import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "../../prisma/generated/client.ts";

export type { Prisma } from "../../prisma/generated/client.ts";
export type HostClient = PrismaClient;
/** A client inside `$transaction`. */
export type HostTx = Parameters<Parameters<PrismaClient["$transaction"]>[0]>[0];

/** The host's own connections: Prisma for its tables, `pool` for SQL that Prisma cannot say. Fixed search_path. */
export interface HostDb {
  url: string;
  prisma: HostClient;
  pool: pg.Pool;
  close(): Promise<void>;
}

/** Opens lazily; nothing is queried here. */
export function createHostDb(url: string): HostDb {
  // pg_temp last: nothing a module created in its own schema can shadow a name the host uses.
  const config: pg.PoolConfig = {
    connectionString: url,
    max: 8,
    application_name: "graft-host",
    options: "-c search_path=pg_catalog,graft,pg_temp",
  };
  const pool = new pg.Pool(config);
  // A connection that is lost must not end the process, be it idle or in use; the query that needs it reports it.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  const adapter = new PrismaPg(pool, { schema: "graft", onPoolError: () => {} });
  const prisma = new PrismaClient({ adapter });
  return {
    url,
    prisma,
    pool,
    async close() {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}
