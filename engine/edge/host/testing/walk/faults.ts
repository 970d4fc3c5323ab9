import { setTimeout as sleep } from "node:timers/promises";
import { type Scenario, scenarios } from "../../../../change/install/testing/crash-cases.ts";
import type { PlanView } from "../../../../change/plan/index.ts";
import { applyPlan, makePlan, noteSnapshots } from "./change.ts";
import { type Model, type Outcome, promised, takenBack } from "./model.ts";
import { drawChange, type Step } from "./steps.ts";
import type { World } from "./world.ts";

/** Every place in an operation at which a host can be killed, in the alphabet's order. */
export function faultPoints(): string[] {
  const named = Object.values<Scenario>(scenarios).flatMap(({ points }) => points);
  return [...new Set(named)].filter((name) => !/^(recover|configure|kept-data)\./.test(name)).sort();
}

/** The host is killed somewhere in a change, and another finishes the sentence. */
const crash: Step = async (world, model, draw) => {
  const changes = drawChange(model, draw);
  const fault = draw.pick(faultPoints());
  const plan = await makePlan(world, changes);
  if (plan === null || plan.blockedBy.length > 0)
    return { model, what: "no plan to crash in", changed: false };
  const how = await world.restartAfterCrash(changes, fault);
  return oneOrTheOther(world, model, plan, `${JSON.stringify(changes)}, killed at ${fault}: ${how}`);
};

/** PostgreSQL ends every session of the host's, the modules' and the owners' somewhere in a change. */
const loseConnections: Step = async (world, model, draw) => {
  const plan = await makePlan(world, drawChange(model, draw));
  const afterMs = draw.below(250);
  if (plan === null || plan.blockedBy.length > 0) return { model, what: "no plan to break", changed: false };
  const what = `${JSON.stringify(plan.changes)}, connections lost after ${afterMs} ms`;
  // Whoever waited may be told that the database went away; how it ended stands in the database.
  const ended = applyPlan(world, plan).then(
    (view) => view.status,
    (error: { code?: string }) => error.code ?? String(error),
  );
  await sleep(afterMs);
  await world.database.db.pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE pid <> pg_backend_pid() AND application_name LIKE 'graft-%' AND (datname = current_database()
       OR datname LIKE 'm\\_%\\_' || left(encode(sha256(convert_to(current_database(), 'UTF8')), 'hex'), 8) || '\\_%')`,
  );
  return oneOrTheOther(world, model, plan, `${what}: ${await ended}`);
};

/** A fault decides how far a change comes, never what is in the end: as before, as planned, or planned and taken back. */
async function oneOrTheOther(world: World, model: Model, plan: PlanView, what: string): Promise<Outcome> {
  const { pool } = world.database.db;
  for (const begin = Date.now(); ; await sleep(50)) {
    const { rows } = await pool.query("SELECT 1 FROM graft.operations WHERE finished_at IS NULL");
    if (rows.length === 0) break;
    if (Date.now() - begin > 60_000) throw new Error(`nobody finished the operation: ${what}`);
  }
  const { rows } = await pool.query<{ generation: number }>("SELECT generation FROM graft.host_state");
  const made = (rows[0]?.generation ?? 0) - model.generation;
  const candidates = [model, promised(model, plan), takenBack(model, plan)];
  const after = candidates[made];
  if (!after) throw new Error(`${made} generations were made: ${what}`);
  const how = ["did not happen", "happened", "was taken back"][made];
  return { model: await noteSnapshots(world, model, after), what: `${what}: ${how}`, changed: made > 0 };
}

export const faults = { crash, loseConnections };
