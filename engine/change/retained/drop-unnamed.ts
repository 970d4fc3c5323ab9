import type { HostDb, Log, Problem } from "../../core/index.ts";
import type { ModuleDatabase } from "../../module-data/index.ts";
import { isLeftOver, reasonOf, recordLeftOver } from "../attention/index.ts";
import { isDatabaseUnavailable } from "../lead/is-database-unavailable.ts";
import { withoutRunningOperation } from "../lead/without-running-operation.ts";

/**
 * Databases that no module, no kept data and no snapshot names: what a change that was broken off left where its own cleaning up
 * failed. One of a number that was not given yet is of a later time than the host's tables, which somebody put back: it stays.
 */
export function dropUnnamed({
  db,
  database,
  log,
  toProblem,
}: {
  db: HostDb;
  database: ModuleDatabase;
  log: Log;
  toProblem(error: unknown): Problem;
}): Promise<void> {
  return withoutRunningOperation(db, { waitMs: 0 }, async () => {
    const { rows: named } = await db.pool.query<{ database: number }>(
      `SELECT database FROM graft.modules WHERE database IS NOT NULL
       UNION SELECT database FROM graft.kept_data WHERE database IS NOT NULL`,
    );
    const { rows: last } = await db.pool.query<{ given: string }>(
      "SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS given FROM graft.module_database",
    );
    const isNamed = new Set(named.map((row) => row.database));
    for (const { module, database: number } of await database.list()) {
      if (isNamed.has(number) || number > Number(last[0]?.given ?? 0)) continue;
      const work = { kind: "database", module, database: number } as const;
      if (await isLeftOver(db, work)) continue;
      log.info({ module, database: number }, "dropping a database that nothing names");
      await database.drop({ module, database: number }).catch((error) => {
        if (isDatabaseUnavailable(error)) throw error;
        const title = `Drop a database of ${module} that nothing names`;
        return recordLeftOver(db, { title, modules: [module], work, problem: reasonOf(toProblem, error) });
      });
    }
  });
}
