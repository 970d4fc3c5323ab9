import type pg from "pg";
import type { FlagUsage } from "../../../contract/flags.ts";

export interface Counted {
  asked: number;
  sent: number;
}

/** Adds what one host counted; hosts may do so at the same moment. Days nobody looks at any more are let go. */
export async function addUsage(pool: pg.Pool, counts: ReadonlyMap<string, Counted>): Promise<void> {
  // In one order everywhere, so that two hosts wait for instead of blocking each other.
  const rows = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  await pool.query(
    `INSERT INTO graft.flag_usage (key, day, asked, sent, last_at)
     SELECT key, (now() AT TIME ZONE 'UTC')::date, asked, sent, now()
       FROM unnest($1::text[], $2::bigint[], $3::bigint[]) AS counted (key, asked, sent)
     ON CONFLICT (key, day) DO UPDATE
        SET asked = flag_usage.asked + excluded.asked, sent = flag_usage.sent + excluded.sent,
            last_at = greatest(flag_usage.last_at, excluded.last_at)`,
    [rows.map(([key]) => key), rows.map(([, { asked }]) => asked), rows.map(([, { sent }]) => sent)],
  );
  await pool.query(`DELETE FROM graft.flag_usage WHERE day < (now() AT TIME ZONE 'UTC')::date - 180`);
}

/** What was asked for in the last `days`, by flag. */
export async function selectUsage(
  pool: pg.Pool,
  days: number,
  key: string | null = null,
): Promise<Map<string, FlagUsage>> {
  const { rows } = await pool.query<{ key: string; asked: string; sent: string; last_at: Date }>(
    `SELECT key, sum(asked) AS asked, sum(sent) AS sent, max(last_at) AS last_at FROM graft.flag_usage
      WHERE last_at > now() - make_interval(days => $1) AND ($2::text IS NULL OR key = $2) GROUP BY key`,
    [days, key],
  );
  return new Map(
    rows.map((row) => [
      row.key,
      { asked: Number(row.asked), sent: Number(row.sent), lastAt: row.last_at.toISOString() },
    ]),
  );
}
