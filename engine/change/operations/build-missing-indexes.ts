import type { InstalledModule } from "../../supply/installed/index.ts";
import { loadMigrations } from "../plan/index.ts";
import type { RunDeps } from "./steps/step.ts";

/** At start: what a host left half built when it died. In the background; every module works without it. */
export function buildMissingIndexes(
  deps: Pick<RunDeps, "store" | "database" | "log"> & { modules: readonly InstalledModule[] },
): void {
  void (async () => {
    for (const { name, digest, manifest } of deps.modules) {
      if (!manifest.database) continue;
      try {
        const migrations = await loadMigrations(deps.store, await deps.store.getModule(digest));
        if (mentionsConcurrently(migrations)) await deps.database.buildIndexes({ module: name, migrations });
      } catch (error) {
        deps.log.warn({ err: error, module: name }, "an index was not built; the module works without it");
      }
    }
  })();
}

/** Whether some of their indexes are built while the module serves. */
export const mentionsConcurrently = (migrations: { sql: string }[]) =>
  migrations.some(({ sql }) => /concurrently/i.test(sql));
