import type pg from "pg";
import type { ExperimentGoal } from "../../../contract/experiments.ts";
import type { Gain } from "./snapshots.ts";

/** NOTIFY on this channel: an experiment was started, stopped or changed. */
export const experimentsChannel = "graft_experiments";

export interface NewExposure {
  experimentId: string;
  userId: string;
  variant: string;
  atMs: number;
  crossed: boolean;
}

export interface NewEvent {
  experimentId: string;
  module: string;
  goal: string;
  userId: string;
  key: string;
  value: number;
  atMs: number;
}

/** The first one counts; another variant for the same user marks them as crossed. One row a user and experiment. */
export async function insertExposures(pool: pg.Pool, rows: readonly NewExposure[]): Promise<void> {
  if (rows.length === 0) return;
  await pool.query(
    `INSERT INTO graft.experiment_exposures AS e (experiment_id, user_id, variant, at, crossed)
     SELECT r.experiment_id, r.user_id, r.variant, to_timestamp(r.at / 1000.0), r.crossed
       FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::float8[], $5::boolean[])
            AS r (experiment_id, user_id, variant, at, crossed)
       -- A user or an experiment may have been deleted a moment ago.
       JOIN graft.users u ON u.id = r.user_id
       JOIN graft.experiments x ON x.id = r.experiment_id
     ON CONFLICT (experiment_id, user_id) DO UPDATE
        SET crossed = e.crossed OR excluded.crossed OR e.variant <> excluded.variant,
            at = least(e.at, excluded.at)`,
    [
      rows.map((row) => row.experimentId),
      rows.map((row) => row.userId),
      rows.map((row) => row.variant),
      rows.map((row) => row.atMs),
      rows.map((row) => row.crossed),
    ],
  );
}

/** Only of users who were exposed before, and each key once. */
export async function insertEvents(pool: pg.Pool, rows: readonly NewEvent[]): Promise<void> {
  if (rows.length === 0) return;
  await pool.query(
    `INSERT INTO graft.experiment_events (experiment_id, module, goal, user_id, key, value, at)
     SELECT r.experiment_id, r.module, r.goal, r.user_id, r.key, r.value, to_timestamp(r.at / 1000.0)
       FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::text[], $6::float8[], $7::float8[])
            AS r (experiment_id, module, goal, user_id, key, value, at)
       JOIN graft.experiment_exposures e
         ON e.experiment_id = r.experiment_id AND e.user_id = r.user_id AND e.at <= to_timestamp(r.at / 1000.0)::timestamptz(3)
     ON CONFLICT DO NOTHING`,
    [
      rows.map((row) => row.experimentId),
      rows.map((row) => row.module),
      rows.map((row) => row.goal),
      rows.map((row) => row.userId),
      rows.map((row) => row.key),
      rows.map((row) => row.value),
      rows.map((row) => row.atMs),
    ],
  );
}

/** Looks as thresholds: what happened at the very instant of one belongs to it. */
const thresholds = (looks: readonly number[]) => looks.map((at) => new Date(at + 1));

/** New users of each variant at each look, and how many used more than one variant. */
export async function selectExposures(
  pool: pg.Pool,
  experimentId: string,
  looks: readonly number[],
): Promise<{ gains: Gain[]; crossed: number }> {
  const { rows } = await pool.query<{ variant: string; look: number; crossed: boolean; users: number }>(
    `SELECT variant, width_bucket(at, $2::timestamptz[]) AS look, crossed, count(*)::int AS users
       FROM graft.experiment_exposures WHERE experiment_id = $1 GROUP BY 1, 2, 3`,
    [experimentId, thresholds(looks)],
  );
  return {
    gains: rows.filter((row) => !row.crossed),
    crossed: rows.filter((row) => row.crossed).reduce((sum, { users }) => sum + users, 0),
  };
}

// A user's figure is theirs as a whole: between two looks its square grows by more than the square of what was added.
const figuresSql = `
  SELECT variant, look, sum(added) AS sum, sum(figure * figure - (figure - added) * (figure - added)) AS squares
    FROM (SELECT variant, look, added, sum(added) OVER (PARTITION BY user_id ORDER BY look) AS figure
            FROM (SELECT x.user_id, x.variant, width_bucket(e.at, $4::timestamptz[]) AS look,
                         sum(CASE WHEN $5 = 'value' THEN e.value ELSE 1 END) AS added
                    FROM graft.experiment_events e
                    JOIN graft.experiment_exposures x USING (experiment_id, user_id)
                   WHERE e.experiment_id = $1 AND e.module = $2 AND e.goal = $3
                     AND x.experiment_id = $1 AND NOT x.crossed AND e.at >= x.at
                   GROUP BY 1, 2, 3) AS by_look) AS by_user
   GROUP BY 1, 2`;

const conversionsSql = `
  SELECT variant, look, count(*)::float8 AS sum, count(*)::float8 AS squares
    FROM (SELECT x.variant, width_bucket(min(e.at), $4::timestamptz[]) AS look
            FROM graft.experiment_events e
            JOIN graft.experiment_exposures x USING (experiment_id, user_id)
           WHERE e.experiment_id = $1 AND e.module = $2 AND e.goal = $3
             AND x.experiment_id = $1 AND NOT x.crossed AND e.at >= x.at
           GROUP BY x.user_id, x.variant) AS first
   GROUP BY 1, 2`;

/** What each variant gained of a goal at each look; of users of one variant, after its first use. */
export async function selectGoal(
  pool: pg.Pool,
  experimentId: string,
  {
    module,
    goal,
    kind,
    looks,
  }: Pick<ExperimentGoal, "module" | "goal" | "kind"> & { looks: readonly number[] },
): Promise<Gain[]> {
  const values: unknown[] = [experimentId, module, goal, thresholds(looks)];
  const { rows } =
    kind === "conversion"
      ? await pool.query<Required<Gain>>(conversionsSql, values)
      : await pool.query<Required<Gain>>(figuresSql, [...values, kind]);
  return rows;
}
