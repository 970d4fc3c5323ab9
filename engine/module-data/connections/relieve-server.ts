import pg from "pg";
import type { Log } from "../../core/index.ts";
import { endDeserted } from "./end-deserted.ts";
import type { ModuleServer } from "./module-server.ts";
import { runtimeConnectionsMax } from "./runtime-limits.ts";

/** No process of a module has a use for so many at once; PostgreSQL has some thousands for all. */
const locksMax = 2_000;
const lookMs = 2_000;
const shutOutMs = 30_000;
const ofProcesses = "rolname LIKE 'graft\\_%\\_r' AND pg_has_role(oid, 'USAGE')";

/** What keeps a server with strangers on it usable by everybody. */
export interface Relief {
  /**
   * Ends sessions of modules' processes that hold so many locks that nobody else gets any. Their role gets no new one for a while: it
   * would have them all again before anybody else had one. @returns how many were ended
   */
  relieve(): Promise<number>;
  /** Looks every two seconds, until it is closed, for what keeps everybody else from working. */
  watch(): void;
  close(): Promise<void>;
}

export function createRelief(server: ModuleServer, log: Log): Relief {
  const { pool } = server;
  let session: Promise<pg.Client> | null = null;
  let looking: Promise<number> | null = null;
  let timer: NodeJS.Timeout | undefined;

  async function open(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: server.url, application_name: "graft-relief" });
    const forget = () => {
      session = null;
    };
    client.on("error", forget).on("end", forget);
    await client.connect();
    await client.query(
      "BEGIN; SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL search_path = pg_catalog",
    );
    return client;
  }
  /**
   * When no lock is left, nobody can log in, nor look at a catalogue of the whole server. So this session is kept, in a transaction that
   * once it has looked holds all the locks that looking again needs. No parameters: their portal would hold a snapshot.
   */
  async function endGreedy(): Promise<string[]> {
    session ??= open();
    try {
      // Who is connected is remembered until the end of a transaction.
      const answers = await (await session).query(`SELECT pg_stat_clear_snapshot(); ${greedySql}`);
      const { rows = [] } = (answers as unknown as pg.QueryResult<{ role: string }>[]).at(-1) ?? {};
      return rows.map(({ role }) => role);
    } catch (error) {
      const failed = session;
      session = null;
      await failed?.then((client) => client.end()).catch(() => {});
      throw error;
    }
  }
  async function look(): Promise<number> {
    const ended = await endGreedy();
    for (const role of new Set(ended)) {
      log.warn({ role }, "a module's sessions were ended: they held too many locks");
      await admit(pool, role, 0);
      setTimeout(() => void admit(pool, role, runtimeConnectionsMax).catch(() => {}), shutOutMs).unref();
    }
    return ended.length;
  }
  const relieve = () => {
    looking ??= look().finally(() => {
      looking = null;
    });
    return looking;
  };
  return {
    relieve,
    watch() {
      clearInterval(timer);
      void admitAll(pool).catch((err) =>
        log.warn({ err }, "modules that were shut out were not let in again"),
      );
      timer = setInterval(() => {
        void relieve()
          .then(() => endDeserted(server, log))
          .catch(() => {});
      }, lookMs).unref();
    },
    async close() {
      clearInterval(timer);
      await looking?.catch(() => {});
      await session?.then((client) => client.end()).catch(() => {});
    },
  };
}

const greedySql = `
  SELECT a.usename::text AS role, pg_terminate_backend(a.pid, 1000)
  FROM (SELECT pid FROM pg_locks GROUP BY pid HAVING count(*) > ${locksMax}) l
  JOIN pg_stat_activity a ON a.pid = l.pid JOIN pg_roles r ON r.oid = a.usesysid WHERE ${ofProcesses}`;

async function admit(pool: pg.Pool, role: string, connections: number): Promise<void> {
  await pool.query(
    `SET LOCAL lock_timeout = '1s'; ALTER ROLE ${pg.escapeIdentifier(role)} CONNECTION LIMIT ${connections}`,
  );
}

/** Whom a host shut out that ended before it let them in again. */
async function admitAll(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ role: string }>(
    `SELECT rolname::text AS role FROM pg_roles WHERE rolconnlimit = 0 AND ${ofProcesses}`,
  );
  for (const { role } of rows) await admit(pool, role, runtimeConnectionsMax);
}
