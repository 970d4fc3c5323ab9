import pg from "pg";
import { GraftError, type HostDb } from "../../core/index.ts";
import { grantComment } from "../connections/extensions.sql.ts";
import { hostTransaction } from "../connections/host-transaction.ts";
import { extensionsSchema, type Naming } from "../connections/names.ts";
import { runtimePassword, scramVerifier } from "../connections/passwords.ts";
import { readServerState, type ServerState } from "../connections/server-state.ts";
import type { ModuleDatabaseNames } from "../types.ts";

const { escapeIdentifier, escapeLiteral } = pg;
const runtimeConnectionsMax = 10;
const runtimeSettings = {
  statement_timeout: "30s",
  lock_timeout: "10s",
  idle_in_transaction_session_timeout: "60s",
};

export interface PrepareInput {
  module: string;
  extensions: string[];
}

/** Roles, schema, rights, limits and granted extensions, all in one transaction. */
export async function prepare(
  db: HostDb,
  naming: Naming,
  secret: Buffer,
  input: PrepareInput,
): Promise<{ created: boolean }> {
  const names = naming.names(input.module);
  const verifier = await scramVerifier(runtimePassword(secret, names.runtimeRole));
  return hostTransaction(db, async (client) => {
    const state = await readServerState(client, names);
    if (state.schemaOwner !== null && state.schemaOwner !== names.ownerRole) {
      throw new GraftError(
        "CONFLICT",
        `The schema ${names.schema} exists and belongs to the role ${state.schemaOwner}, not to ${names.ownerRole}.`,
        {
          hint: `Rename or drop it: ALTER SCHEMA ${escapeIdentifier(names.schema)} RENAME TO …;`,
          details: { schema: names.schema, owner: state.schemaOwner },
        },
      );
    }
    await createExtensions(client, state, input);
    await client.query(prepareSql(naming.database, names, state, verifier, input.extensions));
    return { created: state.schemaOwner === null };
  });
}

function prepareSql(
  database: string,
  names: ModuleDatabaseNames,
  state: ServerState,
  verifier: string,
  extensions: string[],
): string {
  const owner = escapeIdentifier(names.ownerRole);
  const runtime = escapeIdentifier(names.runtimeRole);
  const schema = escapeIdentifier(names.schema);
  const db = escapeIdentifier(database);
  const foreignHomes = [
    ...new Set(extensions.map((name) => state.extensions[name]).filter(isForeignHome)),
  ].map((name) => escapeIdentifier(name));
  const path = [schema, extensionsSchema, ...foreignHomes].join(", ");
  // Safe to lose alone at a crash of the server: the module's commit, which needs it, writes it out with itself.
  const sql = ["SET LOCAL synchronous_commit = off"];
  // Nothing of the module's may be reachable through, or hide in, a schema that everyone shares.
  if (state.publicIsOpen) sql.push("REVOKE ALL ON SCHEMA public FROM PUBLIC");
  if (!state.hasOwner) sql.push(`CREATE ROLE ${owner} NOLOGIN CONNECTION LIMIT 8`);
  if (!state.hasRuntime) sql.push(`CREATE ROLE ${runtime}`);
  else sql.push(`ALTER ROLE ${runtime} RESET ALL`, `ALTER ROLE ${runtime} IN DATABASE ${db} RESET ALL`);
  sql.push(
    `ALTER ROLE ${runtime} LOGIN CONNECTION LIMIT ${runtimeConnectionsMax} PASSWORD ${escapeLiteral(verifier)}`,
    `ALTER ROLE ${runtime} SET search_path = ${path}`,
  );
  for (const [name, value] of Object.entries(runtimeSettings))
    sql.push(`ALTER ROLE ${runtime} SET ${name} = '${value}'`);
  if (!state.isSuperuser) {
    // CREATE SCHEMA … AUTHORIZATION, ending their sessions and dropping them all need membership.
    const options = state.versionNumber >= 160_000 ? " WITH INHERIT TRUE, SET TRUE" : "";
    sql.push(`GRANT ${owner}, ${runtime} TO CURRENT_USER${options}`);
  }
  if (!state.anyoneMayConnect) sql.push(`GRANT CONNECT, TEMPORARY ON DATABASE ${db} TO ${owner}, ${runtime}`);
  if (state.schemaOwner === null) sql.push(`CREATE SCHEMA ${schema} AUTHORIZATION ${owner}`);
  sql.push(`COMMENT ON ROLE ${owner} IS ${escapeLiteral(grantComment(extensions))}`);
  for (const home of foreignHomes) sql.push(`GRANT USAGE ON SCHEMA ${home} TO ${owner}, ${runtime}`);
  sql.push(
    `GRANT USAGE ON SCHEMA ${schema} TO ${runtime}`,
    `ALTER DEFAULT PRIVILEGES FOR ROLE ${owner} IN SCHEMA ${schema} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${runtime}`,
    `ALTER DEFAULT PRIVILEGES FOR ROLE ${owner} IN SCHEMA ${schema} GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO ${runtime}`,
  );
  return sql.join(";\n");
}

function isForeignHome(schema: string | undefined): schema is string {
  return schema !== undefined && schema !== extensionsSchema && schema !== "pg_catalog";
}

async function createExtensions(client: pg.PoolClient, state: ServerState, input: PrepareInput) {
  const missing = input.extensions.filter((name) => state.extensions[name] === undefined);
  if (missing.length === 0) return;
  const { rows } = await client.query<{ name: string }>(trustedSql, [missing]);
  for (const name of missing) {
    if (!rows.some((row) => row.name === name)) throw extensionUnavailable(input.module, name);
  }
  if (!state.hasExtensionsSchema) {
    await client.query(
      `CREATE SCHEMA ${extensionsSchema}; GRANT USAGE ON SCHEMA ${extensionsSchema} TO PUBLIC`,
    );
  }
  for (const name of missing) {
    await client.query(
      `CREATE EXTENSION IF NOT EXISTS ${escapeIdentifier(name)} SCHEMA ${extensionsSchema} CASCADE`,
    );
    state.extensions[name] = extensionsSchema;
  }
}

/** Trusted ones alone: the others reach files, other servers or the server's memory. */
const trustedSql = `
  SELECT DISTINCT a.name FROM pg_available_extensions a
  JOIN pg_available_extension_versions v ON v.name = a.name AND v.version = a.default_version
  WHERE v.trusted AND a.name = ANY ($1)`;

function extensionUnavailable(module: string, name: string): GraftError {
  return new GraftError(
    "EXTENSION_UNAVAILABLE",
    `${module} needs the PostgreSQL extension ${name}, which this server lacks or does not trust.`,
    {
      hint: `Install the extension's package on the database server and, as a superuser in this database, run: CREATE EXTENSION ${escapeIdentifier(name)} SCHEMA ${extensionsSchema};`,
      details: { module, extension: name },
    },
  );
}
