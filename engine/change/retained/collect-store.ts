import type { Digest, HostDb, Log } from "../../core/index.ts";
import type { CatalogService } from "../../supply/catalog/index.ts";
import type { Collected, ModuleStore } from "../../supply/store/index.ts";
import { withoutRunningOperation } from "../lead/without-running-operation.ts";

export interface CollectDeps {
  db: HostDb;
  log: Log;
  store: ModuleStore;
  catalog: Pick<CatalogService, "versions">;
}

/**
 * A catalog is read while others install nothing, but also by everyone who looks at the marketplace: what it puts into
 * the store meanwhile is named by nothing yet. A day is far more than that, or than making a plan, takes.
 */
const graceMs = 86_400_000;

/** Of this host's store, on this host: each has one of its own. */
export function collectStore({ db, log, store, catalog }: CollectDeps): Promise<Collected> {
  return withoutRunningOperation(db, { waitMs: 0 }, async () => {
    const named = await namedDigests(db);
    const offered = (await catalog.versions()).map(({ digest }) => digest);
    const keep = new Set<Digest>([...named, ...offered]);
    const collected = await store.collectGarbage(keep, { writtenBefore: new Date(Date.now() - graceMs) });
    if (collected.blobs > 0) log.info({ ...collected }, "removed from the store what nothing needs");
    return collected;
  });
}

/** By generations, all of which can be gone back to; kept data and snapshots; plans that may still be applied. */
async function namedDigests({ prisma }: HostDb): Promise<Digest[]> {
  const rows = await prisma.$queryRaw<{ digest: Digest }[]>`
    SELECT named.module ->> 'digest' AS digest FROM graft.generations g, jsonb_array_elements(g.modules) AS named (module)
    UNION SELECT digest FROM graft.modules
    UNION SELECT digest FROM graft.kept_data WHERE digest <> ''
    UNION SELECT named.module ->> 'digest' FROM graft.plans p
      JOIN graft.host_state s ON s.generation = p.base, json_array_elements(p.body -> 'target') AS named (module)`;
  return rows.map(({ digest }) => digest);
}
