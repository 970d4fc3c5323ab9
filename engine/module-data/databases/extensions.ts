import { randomBytes } from "node:crypto";
import pg from "pg";
import { GraftError } from "../../core/index.ts";
import type { ModuleServer } from "../connections/module-server.ts";
import type { ServerFacts } from "../connections/server-facts.ts";
import { withDatabase } from "../connections/with-database.ts";
import { createdExtension } from "../migrations/sql/present-extensions.ts";
import type { Script } from "../migrations/sql/script.ts";
import type { ExtensionFacts } from "../types.ts";
import { preparedTemplate, templateOf } from "./create-database.ts";

const { escapeIdentifier } = pg;

/** Whether the server has the extensions that a module lists, trusts them, and what is installed of them by `installed`. */
export async function readExtensions(
  server: ModuleServer,
  names: readonly string[],
  installed: ReadonlySet<string>,
): Promise<ExtensionFacts[]> {
  if (names.length === 0) return [];
  const { rows } = await server.pool.query<Omit<ExtensionFacts, "installed">>(
    `SELECT wanted.name, v.name IS NOT NULL AS available, coalesce(v.trusted, false) AS trusted
     FROM unnest($1::text[]) WITH ORDINALITY AS wanted(name, position)
     LEFT JOIN pg_available_extensions a ON a.name = wanted.name
     LEFT JOIN pg_available_extension_versions v ON v.name = a.name AND v.version = a.default_version
     ORDER BY wanted.position`,
    [names],
  );
  return rows.map((row) => ({ ...row, installed: installed.has(row.name) }));
}

/** Of a database that holds nothing of the module's yet: those that the administrator's template brings. */
export async function preparedExtensions(server: ModuleServer): Promise<Set<string>> {
  if ((await templateOf(server)) !== preparedTemplate) return new Set();
  return withDatabase(server, preparedTemplate, async (client) => {
    const { rows } = await client.query<{ name: string }>("SELECT extname::text AS name FROM pg_extension");
    return new Set(rows.map(({ name }) => name));
  });
}

/** @throws EXTENSION_UNAVAILABLE when an empty database cannot have them all: a plan says so first, and servers change since */
export async function requireExtensions(
  server: ModuleServer,
  { superuser }: ServerFacts,
  names: readonly string[],
): Promise<void> {
  const facts = await readExtensions(server, names, await preparedExtensions(server));
  const missing = facts.filter(
    ({ available, trusted, installed }) => !available || !(trusted || installed || superuser),
  );
  if (missing.length === 0) return;
  const list = missing.map(({ name }) => name);
  throw new GraftError(
    "EXTENSION_UNAVAILABLE",
    `This PostgreSQL server does not give the extensions: ${list.join(", ")}.`,
    {
      hint: "Make the plan again: it says what an administrator of the server has to do.",
      details: { extensions: list },
    },
  );
}

/**
 * Extensions that PostgreSQL does not trust, as the superuser that the host then is; the administrator consented to them with the
 * plan. Their scripts run as superuser too, so nothing of the module's may be on their search path: in a database where its code
 * has run each is made in a schema of its own and moved.
 */
export async function createUntrusted(
  server: ModuleServer,
  { superuser }: ServerFacts,
  { database, names, isEmpty }: { database: string; names: readonly string[]; isEmpty: boolean },
): Promise<void> {
  if (!superuser) return;
  const facts = await readExtensions(server, names, new Set());
  const untrusted = facts.filter(({ available, trusted }) => available && !trusted);
  if (untrusted.length === 0) return;
  await withDatabase(server, database, async (client) => {
    const { rows } = await client.query<{ name: string }>("SELECT extname::text AS name FROM pg_extension");
    for (const { name } of untrusted.filter(({ name }) => !rows.some((row) => row.name === name)))
      await client.query(isEmpty ? create(name, "public") : createApart(name));
  });
}

const create = (name: string, schema: string) =>
  `CREATE EXTENSION IF NOT EXISTS ${escapeIdentifier(name)} SCHEMA ${schema} CASCADE`;

function createApart(name: string): string {
  const apart = escapeIdentifier(`graft_${randomBytes(6).toString("hex")}`);
  return `BEGIN; SET LOCAL search_path = pg_catalog, pg_temp; CREATE SCHEMA ${apart}; ${create(name, apart)};
    ALTER EXTENSION ${escapeIdentifier(name)} SET SCHEMA public; DROP SCHEMA ${apart}; COMMIT`;
}

/**
 * Ones that PostgreSQL does not trust, where the history wants them: what it refers to is qualified so. They were made before it
 * runs, in public. Moving one evaluates nothing.
 */
export async function placeUntrusted(
  { server, facts }: { server: ModuleServer; facts(): Promise<ServerFacts> },
  database: string,
  { owner, scripts }: { owner: string; scripts: readonly Script[] },
): Promise<void> {
  const { superuser, trusted } = await facts();
  const wanted = scripts
    .flatMap(({ statements }) => statements.map(({ node }) => createdExtension(node.CreateExtensionStmt)))
    .filter(
      ({ name, schema }) =>
        schema !== null && schema !== "public" && name !== "plpgsql" && !trusted.has(name),
    );
  if (!superuser || wanted.length === 0) return;
  await withDatabase(server, database, async (client) => {
    for (const { name, schema } of wanted) {
      const { rows } = await client.query(
        "SELECT FROM pg_extension WHERE extname = $1 AND extnamespace = 'public'::regnamespace AND extrelocatable",
        [name],
      );
      if (rows.length === 0 || schema === null) continue;
      await client.query(
        `CREATE SCHEMA IF NOT EXISTS ${escapeIdentifier(schema)} AUTHORIZATION ${escapeIdentifier(owner)};
         ALTER EXTENSION ${escapeIdentifier(name)} SET SCHEMA ${escapeIdentifier(schema)}`,
      );
    }
  });
}

/** Ones that the module lists and no migration creates, as its owner: they are then as if one had. */
export async function createListed(
  client: pg.Client,
  names: readonly string[],
  migrations: readonly { sql: string }[],
): Promise<void> {
  const isMade = (name: string) =>
    migrations.some(({ sql }) => /create\s+extension/i.test(sql) && sql.includes(name));
  const wanted = names.filter((name) => !isMade(name));
  if (wanted.length === 0) return;
  const { rows } = await client.query<{ name: string }>(
    "SELECT extname::text AS name FROM pg_catalog.pg_extension",
  );
  for (const name of wanted.filter((one) => !rows.some((row) => row.name === one)))
    await client.query(create(name, "public"));
}
