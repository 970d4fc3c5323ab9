import pg from "pg";
import type { Setting } from "./snapshot-format.ts";
import { ownSchema } from "./structure/scope.sql.ts";

/** What names without a schema are looked up in while a database is restored. */
export interface SearchPaths {
  /** The path that the database has, `$user, public` where it sets none, for the session. */
  use(settings: Setting[]): Promise<void>;
  /** Every schema of the module's and of its extensions behind the database's own path, for as long as the work lasts. */
  widely<T>(work: () => Promise<T>): Promise<T>;
}

export function searchPathOf(settings: Setting[]): string[] {
  const set = settings.find(({ name }) => name === "search_path");
  return set ? parseSearchPath(set.value) : ["$user", "public"];
}

export function createSearchPaths(client: pg.Client): SearchPaths {
  let path: string[] = [];
  return {
    async use(settings) {
      path = searchPathOf(settings);
      await setSearchPath(client, path);
    },
    async widely(work) {
      const { rows } = await client.query<{ name: string }>(
        `SELECT n.nspname::text AS name FROM pg_catalog.pg_namespace n WHERE ${ownSchema} ORDER BY 1`,
      );
      const others = rows.map(({ name }) => name).filter((name) => !path.includes(name));
      await setSearchPath(client, [...path, ...others]);
      try {
        return await work();
      } finally {
        await setSearchPath(client, path);
      }
    },
  };
}

async function setSearchPath(client: pg.Client, path: string[]): Promise<void> {
  await client.query(`SET search_path = ${path.map(pg.escapeIdentifier).join(", ") || "''"}`);
}

/** A list as PostgreSQL keeps it: quoted names as they are, others in small letters. */
export function parseSearchPath(value: string): string[] {
  return [...value.matchAll(/"((?:[^"]|"")*)"|([^\s,"]+)/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain?.toLowerCase() ?? "",
  );
}
