import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import pg from "pg";
import type { TestDatabase } from "../../../core/testing/index.ts";
import type { DataPlace } from "../../../module-data/index.ts";
import { fingerprint } from "../../../module-data/testing/fingerprint.ts";
import {
  type HostDatabase,
  moduleDatabases,
  moduleUrl,
  queryServer,
  rolePrefix,
  rolesOf,
} from "../../../module-data/testing/query-module.ts";
import type { CrashWorld } from "./crash-host.ts";

export type SystemState = Awaited<ReturnType<typeof systemState>>;

/**
 * All that an operation could leave different: databases with their rows, roles, the host's rows, files, processes,
 * sockets. Left out is what only ever grows (generations, audit, snapshots that were taken) and what is random.
 */
export async function systemState(world: CrashWorld) {
  const { database, root, dataDir } = world;
  return {
    ...(await databaseState(database)),
    strangers: await strangers(database, dataDir),
    files: filesOf(dataDir),
    processes: moduleProcesses(root),
    sockets: existsSync(join(root, "t"))
      ? filesOf(join(root, "t")).filter((file) => file.endsWith("/module.sock")).length
      : 0,
  };
}

/** The part of it that PostgreSQL holds. */
export async function databaseState(database: HostDatabase) {
  const rows = async (sql: string) => (await database.db.pool.query(sql)).rows;
  const prefix = rolePrefix(database);
  return {
    ...(await moduleData(database)),
    roles: await queryServer(
      database,
      `SELECT rolname, rolcanlogin, rolconnlimit, rolsuper, rolcreaterole, rolinherit,
         (SELECT array_agg(setting ORDER BY setting) FROM pg_db_role_setting s, unnest(s.setconfig) setting WHERE s.setrole = r.oid) AS settings,
         (SELECT array_agg(m.roleid::regrole::text ORDER BY 1) FROM pg_auth_members m WHERE m.member = r.oid) AS member_of
       FROM pg_roles r
       WHERE starts_with(rolname, '${prefix}') ORDER BY 1`,
    ),
    modules: await rows(
      "SELECT name, version, digest, type, manifest, config, stopped_by IS NULL AS runs, database IS NOT NULL AS has_data FROM graft.modules ORDER BY 1",
    ),
    access: await rows(
      "SELECT to_jsonb(r) - 'updated_at' - 'created_at' - 'id' AS rule FROM graft.access_rules r ORDER BY target",
    ),
    kept: await rows(
      "SELECT module, version, digest, kind, rows::int FROM graft.kept_data WHERE kind <> 'snapshot' ORDER BY 1, 4",
    ),
    unfinished: await rows("SELECT id, status FROM graft.operations WHERE finished_at IS NULL"),
    // One generation for each number, and the newest is the current one, made of the modules that are there.
    current: await rows(
      `SELECT (SELECT max(number) FROM graft.generations) = s.generation AS newest,
         (SELECT jsonb_path_query_array(g.modules, '$[*].digest') FROM graft.generations g WHERE g.number = s.generation) AS digests
       FROM graft.host_state s`,
    ),
    outbox: await rows(
      `SELECT (SELECT count(*) FROM graft.generations WHERE number > 0) = (SELECT count(*) FROM graft.outbox WHERE type LIKE 'generation.%') AS one_event_each`,
    ),
    sessions: await queryServer(
      database,
      `SELECT DISTINCT application_name FROM pg_stat_activity WHERE application_name LIKE 'graft-owner:%'
       AND datname ~ '^m_.*${prefix.slice("graft".length)}_'`,
    ),
  };
}

/** What modules have and what was kept of them, by module; and databases that nothing names. Numbers only ever grow. */
async function moduleData(database: HostDatabase) {
  const { rows: named } = await database.db.pool.query<{ module: string; database: number; kind: string }>(
    `SELECT name AS module, database, 'installed' AS kind FROM graft.modules WHERE database IS NOT NULL
     UNION ALL SELECT module, database, kind FROM graft.kept_data WHERE database IS NOT NULL ORDER BY 1, 3`,
  );
  const data: Record<string, unknown> = {};
  for (const { kind, ...place } of named)
    if (kind !== "snapshot") data[`${place.module} ${kind}`] = await contentOf(database, place);
  const unnamed = (await moduleDatabases(database)).filter(
    (place) => !named.some((one) => one.database === place.database),
  );
  return { data, unnamed: unnamed.map(({ module }) => module) };
}

async function contentOf(database: HostDatabase, place: DataPlace) {
  const pool = new pg.Pool({ connectionString: moduleUrl(database, place), max: 1 });
  try {
    const { rows: ledger } = await pool.query(
      "SELECT migration_name, checksum, finished_at IS NOT NULL AS finished FROM public._prisma_migrations ORDER BY 1",
    );
    const { rows: entry } = await pool.query(
      "SELECT rolname, has_database_privilege(oid, current_database(), 'CONNECT') AS may FROM pg_roles WHERE rolname = ANY ($1) ORDER BY 1",
      [Object.values(rolesOf(database, place.module))],
    );
    const dump = (await fingerprint(pool)).filter((line) => !line.includes("_prisma_migrations "));
    return { dump, ledger, entry };
  } finally {
    await pool.end();
  }
}

/** Snapshots and exports that are listed and not there, or there and not listed. */
async function strangers({ db }: TestDatabase, dataDir: string): Promise<string[]> {
  const listed = (await db.prisma.keptData.findMany({ where: { file: { not: null } } })).map(({ file }) =>
    String(file),
  );
  const there = ["snapshots", "exports"].flatMap((dir) =>
    existsSync(join(dataDir, dir)) ? readdirSync(join(dataDir, dir)).map((file) => `${dir}/${file}`) : [],
  );
  return [
    ...there.filter((file) => !listed.includes(file)),
    ...listed.filter((file) => !there.includes(file)),
  ];
}

/** Names only: blobs are named by their content. Operations name their files by a random id. */
function filesOf(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)))
    .filter((file) => !file.startsWith("snapshots/") && !file.startsWith("postgres"))
    .map((file) =>
      file.replace(/-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/, "").replace(/run\/[^/]+$/, "run/socket"),
    )
    .sort();
}

/**
 * Which modules have a living process that was started by a host of this world, whether or not that host lives.
 * Bubblewrap's own process, which waits outside the sandbox, is none of the module's.
 */
function moduleProcesses(root: string): string[] {
  return readdirSync("/proc")
    .filter((pid) => /^\d+$/.test(pid))
    .flatMap((pid) => {
      try {
        if (readFileSync(`/proc/${pid}/comm`, "utf8").trim() === "bwrap") return [];
        const env = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
        if (!env.some((line) => line.startsWith(`GRAFT_SOCKET=${root}/`))) return [];
        return env.find((line) => line.startsWith("GRAFT_MODULE="))?.slice(13) ?? "?";
      } catch {
        return [];
      }
    })
    .sort();
}
