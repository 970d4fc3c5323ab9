import { sql } from "@graft/sdk/server";

/** How many of what there is now were created on each day (UTC), oldest first; days without any are missing. */
export interface DayCount {
  day: string;
  count: number;
}

/** Counted in one pass over each table: `before` is what is older than the first of the days. */
export async function countByDay(
  table: "entities" | "relations",
  days: number,
): Promise<{ before: number; days: DayCount[] }> {
  const { rows } = await sql.query<{ day: string | null; count: number }>(
    `SELECT to_char(day, 'YYYY-MM-DD') AS day, count(*) AS count FROM (
       SELECT CASE WHEN created_at >=
         (date_trunc('day', now() AT TIME ZONE 'UTC') - make_interval(days => $1 - 1)) AT TIME ZONE 'UTC'
         THEN date_trunc('day', created_at AT TIME ZONE 'UTC') END AS day FROM ${table}
     ) created GROUP BY day ORDER BY day`,
    [days],
  );
  return {
    before: rows.find(({ day }) => day === null)?.count ?? 0,
    days: rows.flatMap(({ day, count }) => (day === null ? [] : [{ day, count }])),
  };
}
