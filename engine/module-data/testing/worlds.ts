import { randomBytes } from "node:crypto";
import pg from "pg";
import { createHostDb, type HostDb, isGraftError, silentLog } from "../../core/index.ts";
import { createTestDatabase, type TestDatabase } from "../../core/testing/index.ts";
import { createModuleDatabase } from "../index.ts";
import type { MigrationFile, ModuleDatabase } from "../types.ts";

/** The module the tests install. */
export const module = "polls";
export const twoTables: MigrationFile[] = [
  {
    name: "1_init",
    sql: `CREATE TYPE "public"."Kind" AS ENUM ('a', 'b');
          CREATE TABLE "public"."Poll" (id serial PRIMARY KEY, title text NOT NULL, kind "public"."Kind" DEFAULT 'a');`,
  },
  {
    name: "2_votes",
    sql: `CREATE TABLE vote (poll int REFERENCES "Poll"); INSERT INTO "Poll"(title) VALUES ('x'), ('y');`,
  },
];

export interface World {
  owner: TestDatabase;
  db: HostDb;
  modules: ModuleDatabase;
  end(): Promise<void>;
}

async function superuserWorld(): Promise<World> {
  const owner = await createTestDatabase();
  return { owner, db: owner.db, modules: create(owner.db), end: () => owner.close() };
}

/** The least a host may have: CREATEROLE, and CREATE on a database that belongs to someone else. */
export async function createModestWorld(): Promise<World> {
  const owner = await createTestDatabase();
  const role = `host_${randomBytes(4).toString("hex")}`;
  const name = new URL(owner.url).pathname.slice(1);
  await owner.db.pool.query(
    `CREATE ROLE ${role} LOGIN CREATEROLE PASSWORD 'host'; GRANT CREATE ON DATABASE ${name} TO ${role};
     GRANT USAGE ON SCHEMA graft TO ${role}`,
  );
  const url = new URL(owner.url);
  url.username = role;
  url.password = "host";
  const db = createHostDb(url.href);
  return {
    owner,
    db,
    modules: create(db),
    async end() {
      await db.close();
      await owner.db.pool.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
      await owner.close();
    },
  };
}

export const create = (db: HostDb) =>
  createModuleDatabase({ db, secret: Buffer.alloc(32, 7), log: silentLog });

/** Prepares, migrates and commits; what the migration told. */
export async function installHistory(
  modules: ModuleDatabase,
  migrations: MigrationFile[],
  extensions: string[] = [],
) {
  await modules.prepare({ module, extensions });
  const open = await modules.migrate({ module, migrations });
  await open.commit();
  return open;
}

/** Roles, schema, sessions and large objects of the module that are still there. */
export async function leftovers({ owner, modules }: World): Promise<string[]> {
  const { schema, ownerRole, runtimeRole } = modules.names(module);
  const { rows } = await owner.db.pool.query<{ name: string }>(
    `SELECT rolname::text AS name FROM pg_roles WHERE rolname IN ($1, $2)
     UNION ALL SELECT nspname::text FROM pg_namespace WHERE nspname = $3
     UNION ALL SELECT usename::text FROM pg_stat_activity WHERE usename IN ($1, $2)
     UNION ALL SELECT loid::text FROM (SELECT oid AS loid FROM pg_largeobject_metadata) l`,
    [ownerRole, runtimeRole, schema],
  );
  return rows.map((row) => row.name);
}

/** A session as the module's process would open it. */
export async function asRuntime<T>(
  modules: ModuleDatabase,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: await modules.runtimeUrl(module) });
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The GraftError that the work ends with; anything else fails the test. */
export async function failure(work: Promise<unknown>) {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!isGraftError(error)) throw new Error(`expected a GraftError, got ${String(error)}`);
  return error;
}

export const worlds: [name: string, create: () => Promise<World>][] = [
  ["a superuser's host", superuserWorld],
  ["a host with CREATEROLE and CREATE only", createModestWorld],
];
