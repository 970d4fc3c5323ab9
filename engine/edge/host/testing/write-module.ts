import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ManifestInput } from "../../../../sdk/manifest/index.ts";

export interface ModuleSource {
  manifest?: Partial<ManifestInput>;
  /** SQL by migration name. */
  migrations?: Record<string, string>;
  /** Source of server/index.mjs. */
  server?: string;
  files?: Record<string, string>;
}

/** A module as an author without a bundler writes it, into `catalogDir/name-version`. */
export function writeModule(catalogDir: string, name: string, source: ModuleSource = {}): void {
  const manifest = {
    manifestVersion: 1,
    name,
    publisher: "tests",
    version: "1.0.0",
    type: "module",
    title: name,
    summary: `Module ${name} of a test`,
    license: "MIT",
    ...(source.server === undefined
      ? {}
      : { runtime: { kind: "node", entry: "server/index.mjs" }, api: { v1: {} } }),
    ...(source.migrations === undefined ? {} : { database: { migrations: "prisma/migrations" } }),
    ...source.manifest,
  };
  const root = join(catalogDir, `${name}-${manifest.version}`);
  const files: Record<string, string> = { "module.json": JSON.stringify(manifest, null, 2), ...source.files };
  if (source.server !== undefined) files["server/index.mjs"] = source.server;
  for (const [migration, sql] of Object.entries(source.migrations ?? {})) {
    files[`prisma/migrations/${migration}/migration.sql`] = sql;
  }
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

/** Answers everything with 200 and says who called. */
export const echoServer = `
import { createServer } from "node:http";
createServer((req, res) => {
  res.writeHead(200, { "content-type": "application/json" });
  res.end(JSON.stringify({ module: process.env.GRAFT_MODULE, url: req.url, headers: req.headers }));
}).listen(process.env.GRAFT_SOCKET);
process.on("SIGTERM", () => process.exit(0));
`;
