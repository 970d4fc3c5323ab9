import type pg from "pg";
import type { Exposure, GoalEvent } from "./replay.ts";
import type { ExperimentGoal } from "./types.ts";

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

export async function selectExposures(
  pool: pg.Pool,
  experimentId: string,
): Promise<{ exposures: Exposure[]; crossed: number }> {
  const { rows } = await pool.query<{ user_id: string; variant: string; at: Date; crossed: boolean }>(
    `SELECT user_id, variant, at, crossed FROM graft.experiment_exposures WHERE experiment_id = $1 ORDER BY at`,
    [experimentId],
  );
  const exposures = rows
    .filter((row) => !row.crossed)
    .map((row) => ({ userId: row.user_id, variant: row.variant, at: row.at.getTime() }));
  return { exposures, crossed: rows.length - exposures.length };
}

export async function selectEvents(
  pool: pg.Pool,
  experimentId: string,
  { module, goal }: Pick<ExperimentGoal, "module" | "goal">,
): Promise<GoalEvent[]> {
  const { rows } = await pool.query<{ user_id: string; value: number; at: Date }>(
    `SELECT user_id, value, at FROM graft.experiment_events
      WHERE experiment_id = $1 AND module = $2 AND goal = $3 ORDER BY at`,
    [experimentId, module, goal],
  );
  return rows.map((row) => ({ userId: row.user_id, value: row.value, at: row.at.getTime() }));
}
