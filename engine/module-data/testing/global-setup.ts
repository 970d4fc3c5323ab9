import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "../../core/postgres/index.ts";
import { migrateHost } from "../index.ts";

declare module "vitest" {
  export interface ProvidedContext {
    postgresUrl: string;
    /** What chooses the part of a long matrix that a run covers (choose-part.ts). */
    commit: string;
  }
}

/** One PostgreSQL for the whole run; `template_graft` holds the host's schema and each test database is a clone of it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  project.provide("commit", presentCommit());
  const root = mkdtempSync(join(tmpdir(), "graft-test-"));
  // Where the suite runs as root, PostgreSQL runs as another account and must pass through.
  chmodSync(root, 0o711);
  // Speed, not durability: nothing here outlives the run.
  const settings = {
    fsync: "off",
    synchronous_commit: "off",
    full_page_writes: "off",
    max_connections: "300",
  };
  const postgres = await startEmbeddedPostgres({ dir: join(root, "postgres"), settings });
  await createTemplate(postgres.url);
  project.provide("postgresUrl", postgres.url);
  return async () => {
    await postgres.stop();
    rmSync(root, { recursive: true, force: true });
  };
}

/** Of sources without a history: one for all of them. */
function presentCommit(): string {
  try {
    return execFileSync("git", ["rev-parse", "HEAD"], { encoding: "utf8", stdio: "pipe" }).trim();
  } catch {
    return "unknown";
  }
}

async function createTemplate(url: string): Promise<void> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query("CREATE DATABASE template_graft");
  await admin.end();
  await migrateHost(
    url.replace(/\/[^/]*$/, "/template_graft"),
    join(import.meta.dirname, "../../../prisma/migrations"),
  );
}
