import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A folder for a `dir:` catalog. */
export function makeCatalog(): string {
  return mkdtempSync(join(tmpdir(), "graft-catalog-"));
}

export interface ModuleSource {
  manifest?: Record<string, unknown>;
  /** Of `server/index.mjs`; with it the module has a process. */
  server?: string;
  /** SQL of its migration; with it the module has a database. */
  sql?: string;
  files?: Record<string, string>;
}

/** Writes a module as an author would hand it in, one folder below `catalog`. */
export function writeModule(catalog: string, name: string, source: ModuleSource = {}): void {
  const files: Record<string, string> = { "README.md": `# ${name}\n`, ...source.files };
  if (source.server !== undefined) files["server/index.mjs"] = source.server;
  if (source.sql !== undefined) {
    files["prisma/migrations/20260101000000_init/migration.sql"] = source.sql;
    files["prisma/migrations/migration_lock.toml"] = 'provider = "postgresql"\n';
  }
  files["module.json"] = JSON.stringify({
    manifestVersion: 1,
    name,
    publisher: "test",
    version: "1.0.0",
    type: "module",
    title: title(name),
    summary: `What ${name} does.`,
    license: "MIT",
    ...(source.server === undefined
      ? {}
      : { runtime: { kind: "node", entry: "server/index.mjs" }, api: { v1: {} } }),
    ...(source.sql === undefined ? {} : { database: { migrations: "prisma/migrations" } }),
    ...source.manifest,
  });
  for (const [path, text] of Object.entries(files)) {
    const file = join(catalog, name, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

function title(name: string): string {
  const words = name.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
