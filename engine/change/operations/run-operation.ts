import { join } from "node:path";
import { faultPoint, type Log, type Problem, systemActor, toJson } from "../../core/index.ts";
import type { RegistryRoom } from "../../supply/installed/index.ts";
import type { Activation } from "../activation/activation.ts";
import { isDatabaseUnavailable } from "../lead/is-database-unavailable.ts";
import type { KeptRow } from "../retained/kept-row.ts";
import { buildIndexes } from "./build-indexes.ts";
import { type CommitDeps, commitGeneration } from "./commit-generation.ts";
import { decide, decideAgainst } from "./decide.ts";
import { cutOverEarly } from "./early-cutover.ts";
import { createdByOperation, type JournalChange } from "./journal.ts";
import { forgetLost } from "./lost-settings.ts";
import {
  changeModules,
  dropPrepared,
  keepData,
  type PrepareDeps,
  type Prepared,
  prepareModules,
  rollBack,
} from "./prepare-modules.ts";
import type { Running } from "./running.ts";
import { takeLastSnapshot } from "./take-snapshot.ts";

export interface RunDeps extends PrepareDeps, CommitDeps {
  registry: RegistryRoom;
  activation: Activation;
  log: Log;
  toProblem(error: unknown): Problem;
  /** Older snapshots of a module go when a newer was taken. */
  retain(module: string): Promise<void>;
  /** Called after a commit, before anything is served by it. */
  afterCommit(): Promise<void>;
}

/**
 * The whole way of an operation on the host that leads it; the operation tells how it ended.
 * @throws when it has not ended, because PostgreSQL went away on the way: recovery ends it. Requests stay on hold.
 */
export async function runOperation(deps: RunDeps, op: Running): Promise<void> {
  await runSteps(deps, op);
  for (const change of op.journal.changes) if (change.hold) deps.release(change.module);
}

async function runSteps(deps: RunDeps, op: Running): Promise<void> {
  let kept: KeptRow[];
  let open: Prepared["open"] = [];
  if (op.journal.changes.length > 0) deps.activation.warm();
  try {
    kept = await stopRemoved(deps, op);
    const withData = await prepareModules(deps, op.journal, op.steps);
    await cutOverEarly(deps, op.journal.changes, op.steps);
    const prepared = await changeModules(deps, withData, op.steps);
    open = prepared.open;
    kept.push(...prepared.kept);
    await decide(deps.db, op.id, toJson({ ...op.journal, kept }));
    op.steps.set({ status: "committing" });
  } catch (error) {
    await rollBack(open);
    await undoPrepared(deps, op, error);
    return;
  }
  await op.steps.step("commit", null, () => commit(deps, op, kept, open));
  await activate(deps, op);
}

/** On a throw some transactions are committed and some not; recovery makes it one or the other. */
async function commit(deps: RunDeps, op: Running, kept: KeptRow[], open: Prepared["open"]): Promise<void> {
  const left = [...open];
  try {
    for (let next = left.shift(); next; next = left.shift()) {
      faultPoint("commit-module.before");
      await next.commit();
      faultPoint("commit-module.after");
    }
    await commitHost(deps, op, kept);
  } catch (error) {
    await rollBack(left).catch(() => {});
    throw error;
  }
}

async function stopRemoved(deps: RunDeps, op: Running): Promise<KeptRow[]> {
  const kept: KeptRow[] = [];
  for (const removal of op.journal.removals) {
    await op.steps.step("stop", removal.module, () => deps.activation.stop(removal.module));
    const hasData = (await deps.store.getModule(removal.digest)).manifest.database !== undefined;
    if (!hasData) continue;
    if (removal.snapshot) {
      const last = await op.steps.step("snapshot", removal.module, () => takeLastSnapshot(deps, removal));
      if (last) kept.push(last);
    }
    if (removal.data === "delete") continue;
    const row = await op.steps.step("export", removal.module, () => keepData(deps, removal));
    if (row) kept.push(row);
  }
  return kept;
}

async function undoPrepared(deps: RunDeps, op: Running, error: unknown): Promise<void> {
  faultPoint("undo.before");
  const problem = deps.toProblem(error);
  // The decision may be there although its answer was lost: recovery goes on from it.
  if (!(await decideAgainst(deps.db, op.id, problem))) throw error;
  faultPoint("undo.record.after");
  await dropPrepared(deps, op.journal);
  faultPoint("undo.drop.after");
  await deps.activation.reconcile(deps.registry.list());
  await op.steps.finish("failed", problem);
}

/** Step 5, also by recovery. */
export async function commitHost(deps: RunDeps, op: Running, kept: KeptRow[]): Promise<void> {
  const { changes, removals, base, reason } = op.journal;
  faultPoint("commit-host.before");
  const generation = await commitGeneration(deps, {
    operationId: op.id,
    planId: op.planId,
    actor: op.actor,
    base,
    reason,
    status: "applied",
    next: {
      put: changes.map(({ module, digest, access, action, settings }) => ({
        ...(settings && { settings }),
        module,
        digest,
        access: action === "install" ? access : null,
      })),
      remove: removals.map((removal) => removal.module),
      kept,
      unkept: changes.map((change) => change.module),
      usedAgain: changes.flatMap(({ module, data }) => (data === "reuse" ? module : [])),
    },
    audit: [
      ...changes.map(({ module, action }) => ({
        action: `module.${action}`,
        target: module,
        summary: reason,
      })),
      ...changes.flatMap(({ module, settings }) =>
        settings
          ? { action: "module.settings", target: module, summary: "Access and settings as they were then" }
          : [],
      ),
      ...changes.flatMap(({ module, accepted = [] }) =>
        accepted.map((text) => ({
          action: "module.consent",
          target: module,
          summary: `Accepted a new permission: ${text}`,
        })),
      ),
      ...removals.map(({ module, data }) => ({
        action: "module.uninstall",
        target: module,
        summary: `${reason} (data: ${data})`,
      })),
    ],
  });
  faultPoint("commit-host.after");
  op.steps.set({ status: "applied", generation });
  await deps.registry.refresh();
  await deps.afterCommit();
}

/** Step 6: processes, health gate, routes; then what was to be deleted goes. Not healthy: taken back. Also by recovery. */
export async function activate(deps: RunDeps, op: Running): Promise<void> {
  try {
    for (const { module, action, ahead } of op.journal.changes) {
      const installed = deps.registry.get(module);
      // It serves since before the commit, or, after a crash, soon.
      if (!installed || ahead) continue;
      if (action === "upgrade") {
        await op.steps.step("switch", module, () => deps.activation.replace(installed));
        continue;
      }
      if (installed.manifest.runtime)
        await op.steps.step("start", module, () => deps.activation.start(installed));
      else await deps.activation.start(installed);
      await op.steps.step("health", module, () => deps.activation.gate(installed));
      deps.activation.open(installed);
    }
  } catch (error) {
    // That says nothing about the module; recovery starts it again.
    if (isDatabaseUnavailable(error)) throw error;
    await revertOperation(deps, op, error);
    return;
  }
  if (op.journal.changes.some(({ ahead }) => ahead)) await deps.activation.reconcile(deps.registry.list());
  for (const { module, digest, data } of op.journal.removals) {
    const hasData = (await deps.store.getModule(digest)).manifest.database !== undefined;
    if (!hasData || data === "keep") continue;
    await op.steps.step("drop", module, () => deps.database.drop(module));
    await deps.retain(module);
  }
  for (const change of op.journal.changes) {
    if (change.action === "upgrade") {
      deps.release(change.module);
      await buildIndexes(deps, op, change.module, change.digest);
    }
    if (change.action === "upgrade" || change.snapshot !== null) await deps.retain(change.module);
  }
  await forgetLost(deps.db, op.id);
  await op.steps.finish("succeeded");
}

/** A change of its own: a generation like the one before, then what the operation had made is dropped. */
export async function revertOperation(deps: RunDeps, op: Running, error: unknown): Promise<void> {
  const { changes, removals } = op.journal;
  const problem = deps.toProblem(error);
  const saved = toJson(problem);
  faultPoint("take-back.before");
  await deps.db.prisma.operation.update({
    where: { id: op.id },
    data: { status: "reverting", error: saved },
  });
  faultPoint("take-back.record.after");
  // An upgraded module goes on serving in its old version until the reconciliation below.
  for (const { module, from } of changes.toReversed()) if (from === null) await deps.activation.stop(module);
  faultPoint("take-back.stop.after");
  await restoreSnapshots(deps, changes);
  faultPoint("take-back.commit.before");
  await commitGeneration(deps, {
    operationId: op.id,
    planId: op.planId,
    actor: systemActor,
    base: op.steps.view().generation ?? op.journal.base,
    reason: `Taken back: ${op.journal.reason}`,
    status: "reverted",
    next: {
      put: [
        ...changes.flatMap(({ module, from }) =>
          from === null ? [] : [{ module, digest: from, access: null }],
        ),
        ...removals.map(({ module, digest, access }) => ({ module, digest, access })),
      ],
      remove: changes.filter((change) => change.from === null).map((change) => change.module),
      kept: [],
      unkept: removals.map((removal) => removal.module),
    },
    audit: changes.map(({ module }) => ({
      action: "module.take-back",
      target: module,
      summary: problem.detail,
    })),
  });
  faultPoint("take-back.commit.after");
  await deps.registry.refresh();
  await deps.afterCommit();
  for (const module of createdByOperation(op.journal).toReversed()) await deps.database.drop(module);
  faultPoint("take-back.drop.after");
  await deps.activation.reconcile(deps.registry.list());
  await op.steps.finish("reverted", problem);
}

/**
 * What a version added may stay; what it took comes back. Nobody has written since: requests are on hold. Where an older
 * version went ahead this is the last resort of a recovery that can finish neither way.
 */
export async function restoreSnapshots(deps: RunDeps, changes: readonly JournalChange[]): Promise<void> {
  for (const { module, hold, ahead = false, snapshot } of changes) {
    if (!(hold || ahead) || snapshot === null) continue;
    const file = join(deps.dataDir, snapshot);
    await (await deps.database.restore({ module, file })).commit();
    faultPoint("take-back.restore.after");
  }
}
