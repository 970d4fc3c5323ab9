import type { Digest } from "../../core/index.ts";
import type { InstalledModule } from "../../supply/installed/index.ts";
import { isDatabaseUnavailable } from "../lead/is-database-unavailable.ts";
import { loadMigrations } from "../plan/index.ts";
import type { PrepareDeps } from "./prepare-modules.ts";
import type { Running } from "./running.ts";

/**
 * What CREATE INDEX CONCURRENTLY asks for, while the new version serves already. An index that cannot be built (its rows
 * forbid it) is a failed step of an operation that succeeded: the module works without it.
 */
export async function buildIndexes(
  deps: PrepareDeps & { log: { warn(fields: object, message: string): void } },
  op: Running,
  module: string,
  digest: Digest,
): Promise<void> {
  const stored = await deps.store.getModule(digest);
  if (!stored.manifest.database) return;
  const migrations = await loadMigrations(deps.store, stored);
  if (!mentionsConcurrently(migrations)) return;
  const title = `Build the indexes of ${stored.manifest.title}`;
  op.steps.add({ name: "index", title, module });
  try {
    await op.steps.step("index", module, () =>
      deps.database.buildIndexes({
        module,
        migrations,
        onProgress: ({ index, done, total }) =>
          op.steps.retitle(
            "index",
            module,
            `${title}: ${index}, ${total > 0 ? Math.floor((100 * done) / total) : 0} %`,
          ),
      }),
    );
  } catch (error) {
    // Nothing is wrong with the index; the recovery of the operation builds it.
    if (isDatabaseUnavailable(error)) throw error;
    deps.log.warn({ err: error, module }, "an index was not built; the module works without it");
  }
}

/** At start: what a host left half built when it died. In the background; every module works without it. */
export function buildMissingIndexes(
  deps: PrepareDeps & {
    modules: readonly InstalledModule[];
    log: { warn(fields: object, message: string): void };
  },
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

const mentionsConcurrently = (migrations: { sql: string }[]) =>
  migrations.some(({ sql }) => /concurrently/i.test(sql));
