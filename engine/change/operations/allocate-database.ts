import type { HostDb } from "../../core/index.ts";
import type { ModuleDatabase } from "../../module-data/index.ts";

/** A number that no database of any module of this host has, also where somebody put the host's tables back to an earlier day. */
export async function allocateDatabase(
  { db, database }: { db: HostDb; database: Pick<ModuleDatabase, "exists"> },
  module: string,
): Promise<number> {
  for (;;) {
    const { rows } = await db.pool.query<{ number: string }>(
      "SELECT nextval('graft.module_database') AS number",
    );
    const number = Number(rows[0]?.number);
    if (!(await database.exists({ module, database: number }))) return number;
  }
}
