/**
 * The plan of an upgrade that brings 100 migrations, asked for through the API as a browser or the CLI does: read,
 * parsed, judged against the tables that are there, and kept. `node bench/plan.ts [runs]`.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endGraft, startGraft } from "../e2e/support/start-graft.ts";
import { extensionsOfHistories as extensions, histories } from "../engine/module-data/testing/histories.ts";
import { engineClient } from "./engine-client.ts";
import { describeMachine } from "./machine.ts";
import { percentile } from "./percentile.ts";

const runs = Number(process.argv[2] ?? 10);
const wanted = 100;

/** announcements as it is, and a next version with the files of long histories; a plan runs none of them. */
function makeCatalog(): { folder: string; version: string; next: string } {
  const folder = mkdtempSync(join(tmpdir(), "graft-bench-catalog-"));
  const built = join(import.meta.dirname, "../modules/.built/announcements");
  for (const name of ["old", "new"]) cpSync(built, join(folder, name), { recursive: true });
  const file = join(folder, "new/module.json");
  const manifest = JSON.parse(readFileSync(file, "utf8")) as { version: string; database: object };
  const { version } = manifest;
  const next = version.replace(/\d+$/, (patch) => String(Number(patch) + 1));
  writeFileSync(
    file,
    JSON.stringify({ ...manifest, version: next, database: { ...manifest.database, extensions } }),
  );
  const migrations = histories.flatMap((history) => history.migrations).slice(0, wanted);
  for (const [i, { sql }] of migrations.entries()) {
    const path = join(folder, `new/prisma/migrations/2099${String(i).padStart(10, "0")}_next`);
    mkdirSync(path);
    writeFileSync(join(path, "migration.sql"), sql);
  }
  return { folder, version, next };
}

const { folder, version, next } = makeCatalog();
const graft = await startGraft({ env: { GRAFT_CATALOGS: `dir:${folder}` } });
try {
  const { call, apply } = engineClient(graft);
  await apply({ action: "install", module: "announcements", version });
  const times: number[] = [];
  let planned = 0;
  for (let i = 0; i < runs; i++) {
    const from = performance.now();
    const plan = await call<{ sql: unknown[] }>("POST", "/plans", {
      changes: [{ action: "upgrade", module: "announcements", version: next }],
    });
    times.push(performance.now() - from);
    planned = plan.sql.length;
  }
  if (planned !== wanted) throw new Error(`${planned} migrations in the plan, not ${wanted}`);
  console.log(`${describeMachine()}; p50 of ${runs}`);
  console.log(
    `plan of an upgrade with ${wanted} migrations: ${percentile(times, 0.5).toFixed(0)} ms, the first ${times[0]?.toFixed(0)} ms (wanted 300 or less)`,
  );
} finally {
  await endGraft(graft);
  rmSync(folder, { recursive: true, force: true });
}
