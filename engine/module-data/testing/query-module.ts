import { readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import type { TestDatabase } from "../../core/testing/index.ts";
import { onDatabase } from "../connections/login-url.ts";
import { sameServer } from "../connections/module-server.ts";
import { createNaming } from "../connections/names.ts";
import type { DataPlace, ModuleRoles } from "../types.ts";

/** Modules' databases are on the host's own server, unless another is named. */
export type HostDatabase = Pick<TestDatabase, "url" | "db"> & { modulesUrl?: string };

/** Address of an embedded server that runs. */
export function embeddedUrl(dataDir: string, name: "postgres" | "postgres-modules"): string {
  const password = readFileSync(join(dataDir, `${name}.password`), "utf8").trim();
  const port = readFileSync(join(dataDir, name, "postmaster.pid"), "utf8").split("\n")[3];
  return `postgresql://graft:${password}@127.0.0.1:${port}/graft`;
}

/** Where the data of an installed module is. */
export async function placeOf({ db }: HostDatabase, module: string): Promise<DataPlace> {
  const { database } = await db.prisma.module.findUniqueOrThrow({ where: { name: module } });
  if (database === null) throw new Error(`${module} has no database`);
  return { module, database };
}

function namingOf({ url, db, modulesUrl }: HostDatabase) {
  return createNaming(modulesUrl === undefined ? sameServer({ url, pool: db.pool }).identity : "embedded");
}

/** Address of a module's database, as a superuser. */
export function moduleUrl(host: HostDatabase, place: DataPlace): string {
  return onDatabase(host.modulesUrl ?? host.url, namingOf(host).database(place));
}

/** Roles of a module, as this host calls them. */
export function rolesOf(host: HostDatabase, module: string): ModuleRoles {
  return namingOf(host).roles(module);
}

/** As a superuser, in the database that the module uses now. */
export async function queryModule<Row extends object = Record<string, unknown>>(
  host: HostDatabase,
  module: string,
  sql: string,
): Promise<Row[]> {
  return query<Row>(moduleUrl(host, await placeOf(host, module)), sql);
}

/** As a superuser, on the server that has the modules' databases. */
export function queryServer<Row extends object = Record<string, unknown>>(
  host: HostDatabase,
  sql: string,
): Promise<Row[]> {
  return query<Row>(host.modulesUrl ?? host.url, sql);
}

async function query<Row extends object>(connectionString: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const result = await client.query<Row>(sql);
    return result.rows;
  } finally {
    await client.end();
  }
}

/** What the roles of all modules of this host begin with: `graft_` and its hash. */
export const rolePrefix = (host: HostDatabase) => rolesOf(host, "").ownerRole.slice(0, "graft_".length + 8);

/** Names of the databases that modules of this host have on the server, with their modules. */
export async function moduleDatabases(host: HostDatabase): Promise<DataPlace[]> {
  const rows = await queryServer<{ name: string }>(
    host,
    "SELECT datname::text AS name FROM pg_database ORDER BY 1",
  );
  return rows.flatMap(({ name }) => namingOf(host).placeOf(name) ?? []);
}
