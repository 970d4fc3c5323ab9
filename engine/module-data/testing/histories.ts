import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { MigrationFile } from "../types.ts";

const root = join(import.meta.dirname, "../testdata");

/** Migration folders in the manner of large Prisma projects, each with every construct such projects were seen to use. */
export const histories: { name: string; migrations: MigrationFile[] }[] = readdirSync(root).map((name) => ({
  name,
  migrations: readdirSync(join(root, name, "migrations"))
    .filter((folder) => !folder.endsWith(".toml"))
    .sort()
    .map((folder) => ({
      name: folder,
      sql: readFileSync(join(root, name, "migrations", folder, "migration.sql"), "utf8"),
    })),
}));

export const extensionsOfHistories = [
  "pg_trgm",
  "unaccent",
  "ltree",
  "citext",
  "btree_gist",
  "btree_gin",
  "pgcrypto",
  "hstore",
  "uuid-ossp",
];
