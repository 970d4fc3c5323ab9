import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { TestDatabase } from "../../../core/testing/index.ts";
import { fingerprint } from "../../../module-data/testing/fingerprint.ts";
import type { CrashWorld } from "./crash-host.ts";

export type SystemState = Awaited<ReturnType<typeof systemState>>;

/**
 * All that an operation could leave different: schemas with their rows, roles, the host's rows, files, processes,
 * sockets. Left out is what only ever grows (generations, audit, snapshots that were taken) and what is random.
 */
export async function systemState(world: CrashWorld) {
  const { database, root, dataDir } = world;
  return {
    ...(await databaseState(database)),
    strangers: await strangers(database, dataDir),
    files: filesOf(dataDir),
    processes: moduleProcesses(root),
    sockets: existsSync(join(root, "t")) ? filesOf(join(root, "t")).length : 0,
  };
}

/** The part of it that PostgreSQL holds. */
export async function databaseState(database: Pick<TestDatabase, "db">) {
  const rows = async (sql: string) => (await database.db.pool.query(sql)).rows;
  const names = (
    await rows("SELECT nspname::text AS name FROM pg_namespace WHERE nspname LIKE 'm\\_%' ORDER BY 1")
  ).map((row) => String(row.name));
  const schemas: Record<string, unknown> = {};
  for (const name of names) {
    const lines = await fingerprint(database.db.pool, name);
    schemas[name] = {
      // The ledger has random ids and times; what counts is read below.
      dump: lines.filter((line) => !line.startsWith(`rows ${name}._prisma_migrations`)),
      ledger: await rows(
        `SELECT migration_name, checksum, finished_at IS NOT NULL AS finished FROM ${name}._prisma_migrations ORDER BY 1`,
      ),
    };
  }
  return {
    schemas,
    roles: await rows(
      `SELECT rolname, rolcanlogin, rolconnlimit, rolsuper, rolcreaterole, rolinherit,
         (SELECT array_agg(setting ORDER BY setting) FROM pg_db_role_setting s, unnest(s.setconfig) setting WHERE s.setrole = r.oid) AS settings,
         (SELECT array_agg(m.roleid::regrole::text ORDER BY 1) FROM pg_auth_members m WHERE m.member = r.oid) AS member_of
       FROM pg_roles r
       WHERE starts_with(rolname, 'graft_' || left(encode(sha256(convert_to(current_database(), 'UTF8')), 'hex'), 8)) ORDER BY 1`,
    ),
    modules: await rows(
      "SELECT name, version, digest, type, manifest, config, enabled FROM graft.modules ORDER BY 1",
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
    sessions: await rows(
      "SELECT DISTINCT application_name FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'graft-owner:%'",
    ),
  };
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

/** Which modules have a living process that was started by a host of this world, whether or not that host lives. */
function moduleProcesses(root: string): string[] {
  return readdirSync("/proc")
    .filter((pid) => /^\d+$/.test(pid))
    .flatMap((pid) => {
      try {
        const env = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
        if (!env.some((line) => line.startsWith(`GRAFT_SOCKET=${root}/`))) return [];
        return env.find((line) => line.startsWith("GRAFT_MODULE="))?.slice(13) ?? "?";
      } catch {
        return [];
      }
    })
    .sort();
}
