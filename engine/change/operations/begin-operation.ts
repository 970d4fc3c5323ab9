import { randomUUID } from "node:crypto";
import { type Actor, toJson } from "../../core/index.ts";
import type { CurrentState } from "../../supply/installed/index.ts";
import type { Plans, PlanView } from "../plan/index.ts";
import { keptVersions } from "../retained/kept-data.ts";
import { snapshotPlace } from "../retained/snapshots.ts";
import { allocateDatabase } from "./allocate-database.ts";
import { type JournalInput, writeJournal } from "./journal/write-journal.ts";
import { nameChange } from "./name-change.ts";
import type { OperationLog } from "./operation-log.ts";
import { stale } from "./refuse.ts";
import type { Running } from "./running.ts";
import { planSteps } from "./steps/select-steps.ts";
import type { RunDeps } from "./steps/step.ts";
import type { OperationView } from "./types.ts";
import { viewOf } from "./view-operation.ts";

interface BeginDeps extends RunDeps {
  plans: Pick<Plans, "resolveSettings">;
  openLog(view: OperationView): OperationLog;
}

/**
 * Written down with all that recovery needs, before its first effect. Nobody changes settings meanwhile: that needs the lead.
 * @throws PLAN_STALE, SETTINGS_REQUIRED
 */
export async function beginOperation(deps: BeginDeps, actor: Actor, plan: PlanView): Promise<Running> {
  const state = await deps.registry.current();
  if (state.generation !== plan.base) throw stale(plan.base, state.generation);
  const id = randomUUID();
  const journal = writeJournal({
    ...{ base: plan.base, reason: nameChange(plan.steps), operationId: id, asked: plan.changes },
    steps: await readSteps(deps, plan, state.modules),
    accepted: plan.permissionChanges.filter(({ consent }) => consent),
  });
  const data = { id, planId: plan.id, status: "preparing", actorId: actor.userId, actorName: actor.name };
  const row = await deps.db.prisma.operation.create({
    data: {
      ...data,
      steps: toJson(planSteps(journal)),
      journal: toJson(journal),
    },
  });
  const log = deps.openLog(viewOf(row));
  log.set({});
  return { id, planId: plan.id, actor, journal, steps: log, cancelled: null, leadLost: false };
}

/** With what the plan does not say of each module. @throws PLAN_STALE when a snapshot that it goes back to is gone */
async function readSteps(
  { db, store, database, plans }: BeginDeps,
  plan: PlanView,
  installed: CurrentState["modules"],
): Promise<JournalInput["steps"]> {
  const present = new Map(installed.map(({ name, digest, database }) => [name, { digest, database }]));
  const kept = await keptVersions(db);
  const settings = await plans.resolveSettings(plan.id);
  const steps: JournalInput["steps"][number][] = [];
  for (const step of plan.steps) {
    const { module, schema } = step;
    const stored = await store.getModule(step.digest);
    const snapshot = schema?.action === "restore" ? await snapshotPlace(db, schema.snapshot) : null;
    if (schema?.action === "restore" && snapshot === null) throw stale(plan.base);
    const facts = {
      ...{ installed: present.get(module) ?? null, kept: kept.get(module) ?? null, snapshot },
      next: await allocateDatabase({ db, database }, module),
      configuration: settings.get(module),
    };
    steps.push({ step, manifest: stored.manifest, facts });
  }
  return steps;
}
