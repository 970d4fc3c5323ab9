import type { HostDb } from "../../core/index.ts";

/** A number that no database of any module of this host ever had. */
export async function allocateDatabase(db: HostDb): Promise<number> {
  const { rows } = await db.pool.query<{ number: string }>(
    "SELECT nextval('graft.module_database') AS number",
  );
  return Number(rows[0]?.number);
}
