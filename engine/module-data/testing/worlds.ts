import { randomBytes } from "node:crypto";
import pg from "pg";
import { createHostDb, type HostDb, isGraftError, silentLog } from "../../core/index.ts";
import { createTestDatabase, type TestDatabase } from "../../core/testing/index.ts";
import { onDatabase } from "../connections/login-url.ts";
import { createModuleDatabase, sameServer } from "../index.ts";
import type { DataPlace, MigrationFile, ModuleDatabase } from "../types.ts";
import { fingerprint } from "./fingerprint.ts";

/** The module the tests install, and where its data is. */
export const module = "polls";
export const place: DataPlace = { module, database: 1 };
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
  const modules = create(owner.db);
  return {
    ...{ owner, db: owner.db, modules },
    async end() {
      await modules.close();
      await modules.dropAll();
      await owner.close();
    },
  };
}

/** The least a host may have: CREATEROLE and CREATEDB, and its tables in a database that belongs to someone else. */
export async function createModestWorld(): Promise<World> {
  const owner = await createTestDatabase();
  const role = `host_${randomBytes(4).toString("hex")}`;
  await owner.db.pool.query(
    `CREATE ROLE ${role} LOGIN CREATEROLE CREATEDB PASSWORD 'host'; GRANT USAGE ON SCHEMA graft TO ${role};
     GRANT CONNECT ON DATABASE ${new URL(owner.url).pathname.slice(1)} TO ${role}`,
  );
  const url = new URL(owner.url);
  url.username = role;
  url.password = "host";
  const db = createHostDb(url.href);
  const modules = create(db);
  return {
    ...{ owner, db, modules },
    async end() {
      await modules.close();
      await modules.dropAll();
      await db.close();
      await owner.db.pool.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
      await owner.close();
    },
  };
}

export const create = (db: HostDb) =>
  createModuleDatabase({ server: sameServer(db), secret: Buffer.alloc(32, 7), log: silentLog });

/** A new database with the history run in it; what ran. */
export async function installHistory(
  modules: ModuleDatabase,
  migrations: MigrationFile[],
  extensions: string[] = [],
): Promise<string[]> {
  await modules.create({ place, extensions });
  return modules.runHistory({ place, migrations, extensions });
}

/** What is pending, in place and committed; what ran. */
export async function upgradeInPlace(
  modules: ModuleDatabase,
  migrations: MigrationFile[],
): Promise<string[]> {
  const open = await modules.migrateInPlace({ place, migrations, extensions: [] });
  await open.commit();
  return open.applied;
}

/** A superuser's session in the module's database. */
export async function asSuperuser<T>(
  { owner, modules }: World,
  work: (client: pg.Client) => Promise<T>,
  at: DataPlace = place,
): Promise<T> {
  return connected(onDatabase(owner.url, modules.nameOf(at)), work);
}

/** All that the module's database holds. */
export const fingerprintOf = ({ owner, modules }: World, at: DataPlace = place): Promise<string[]> =>
  fingerprintAt(onDatabase(owner.url, modules.nameOf(at)));

export async function fingerprintAt(connectionString: string): Promise<string[]> {
  const pool = new pg.Pool({ connectionString, max: 1 });
  // Closing takes a moment, in which the database may go.
  pool.on("error", () => {});
  try {
    return await fingerprint(pool);
  } finally {
    await pool.end();
  }
}

/** Roles, databases and sessions of the module that are still there. */
export async function leftovers({ owner, modules }: World): Promise<string[]> {
  const { ownerRole, runtimeRole } = modules.roles(module);
  const { rows } = await owner.db.pool.query<{ name: string }>(
    `SELECT rolname::text AS name FROM pg_roles WHERE rolname IN ($1, $2)
     UNION ALL SELECT usename::text FROM pg_stat_activity WHERE usename IN ($1, $2)`,
    [ownerRole, runtimeRole],
  );
  return [...rows.map((row) => row.name), ...(await modules.list()).map((one) => modules.nameOf(one))];
}

/** A session as the module's process would open it. */
export async function asRuntime<T>(
  modules: ModuleDatabase,
  work: (client: pg.Client) => Promise<T>,
  at: DataPlace = place,
): Promise<T> {
  return connected(await modules.runtimeUrl(at), work);
}

export async function connected<T>(
  connectionString: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString });
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
  ["a host with CREATEROLE and CREATEDB only", createModestWorld],
];
