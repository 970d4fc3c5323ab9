import type { Digest, HostDb } from "../../core/index.ts";
import type { ModuleStore } from "../../supply/store/index.ts";
import { loadMigrations } from "../plan/index.ts";

/** An earlier Graft counted the rows of Prisma's ledger, one per migration, among those of a snapshot. */
export async function countWithoutLedger(db: HostDb, store: ModuleStore): Promise<void> {
  const rows = await db.prisma.keptData.findMany({ where: { ledgerCounted: true } });
  for (const { id, digest, rows: counted, tables } of rows) {
    if (digest === "" || !(await store.hasModule(digest as Digest))) continue;
    const migrations = (await loadMigrations(store, await store.getModule(digest as Digest))).length;
    const data = {
      rows: Math.max(0, Number(counted) - migrations),
      tables: Math.max(0, tables - 1),
      ledgerCounted: false,
    };
    await db.prisma.keptData.updateMany({ where: { id, ledgerCounted: true }, data });
  }
}
