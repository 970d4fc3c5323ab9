import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { fingerprint } from "../../../module-data/testing/fingerprint.ts";

/** Written by a host that runs, whatever is backed up or restored. */
const restless = ["health_samples", "module_events", "audit", "backup_keys", "backup_runs"];

/** Structure and rows of a host's and its modules' databases, roles, and the files beside them; for comparing two systems. */
export async function takeStock(url: string, dataDir: string): Promise<string[]> {
  const pool = new pg.Pool({ connectionString: url });
  try {
    const { rows: schemas } = await pool.query<{ name: string }>(
      "SELECT nspname::text AS name FROM pg_namespace WHERE nspname = 'graft' OR nspname LIKE 'm\\_%' OR nspname LIKE 'graft\\_%' ORDER BY 1",
    );
    const lines: string[] = [];
    for (const { name } of schemas) {
      lines.push(`schema ${name}`);
      const found = (await fingerprint(pool, name)).filter(
        (line) =>
          !restless.some(
            (table) => line.startsWith(`rows graft.${table} `) || line.startsWith(`rows graft.${table}_`),
          ),
      );
      lines.push(...found.map((line) => `${name}: ${line}`));
    }
    const database = new URL(url).pathname.slice(1);
    const hash = createHash("sha256").update(database).digest("hex").slice(0, 8);
    const { rows: databases } = await pool.query<{ name: string }>(
      "SELECT datname::text AS name FROM pg_database WHERE datname LIKE $1 AND datname NOT LIKE 'm\\_\\_%' ORDER BY 1",
      [`m\\_%\\_${hash}\\_%`],
    );
    for (const { name } of databases) {
      const found = await fingerprint(url.replace(/\/[^/]*$/, `/${name}`));
      lines.push(`database ${name}`, ...found.map((line) => `${name}: ${line}`));
    }
    const { rows: roles } = await pool.query<{ line: string }>(
      "SELECT rolname || ' ' || coalesce(shobj_description(oid, 'pg_authid'), '') AS line FROM pg_roles WHERE rolname LIKE $1 ORDER BY 1",
      [`graft\\_${hash}%`],
    );
    lines.push(...roles.map(({ line }) => `role ${line}`));
    // Roles are called after their database, and the ledger of the host says when it ran.
    return [
      ...lines
        .map((line) => line.replaceAll(hash, "HASH"))
        .filter((line) => !line.includes("rows graft._prisma")),
      ...files(dataDir),
    ];
  } finally {
    await pool.end();
  }
}

function files(dataDir: string): string[] {
  return ["store", "exports", "snapshots"]
    .flatMap((folder) => {
      try {
        return readdirSync(join(dataDir, folder), { recursive: true, withFileTypes: true });
      } catch {
        return [];
      }
    })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes(".tmp") && entry.name !== ".lock")
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return `file ${path.slice(dataDir.length)} ${createHash("sha256").update(readFileSync(path)).digest("hex")}`;
    })
    .sort();
}
