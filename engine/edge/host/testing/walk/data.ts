import pg from "pg";
import type { DataPlace } from "../../../../module-data/index.ts";
import { moduleUrl } from "../../../../module-data/testing/query-module.ts";
import type { World } from "./world.ts";

/** Where the data of each module is that is installed, or that was kept. */
export async function placesOf({ database }: World): Promise<Map<string, DataPlace>> {
  const { rows } = await database.db.pool.query<DataPlace>(
    `SELECT name AS module, database FROM graft.modules WHERE database IS NOT NULL
     UNION ALL SELECT module, database FROM graft.kept_data WHERE database IS NOT NULL AND kind = 'kept'`,
  );
  return new Map(rows.map((place) => [place.module, place]));
}

/** As a superuser. */
export async function inData<Row extends object>(
  { database }: World,
  place: DataPlace,
  sql: string,
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: moduleUrl(database, place) });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}
