import { faultPoint, GraftError, type Problem, systemActor } from "../../../core/index.ts";
import { commitGeneration } from "../commit-generation.ts";
import { describeCommit } from "../describe-commit.ts";
import type { OperationJournal } from "../journal/journal.ts";
import { databaseAfter } from "../journal/place.ts";
import { restoreSnapshots, rollBack } from "./change-data.ts";
import type { Step, StepContext } from "./step.ts";

/** First the data of each module, then all that the host knows of the change, in one transaction. */
export const commit: Step<OperationJournal> = {
  name: "commit",
  isTaken: () => true,
  title: () => "Commit the new generation",
  async run(context) {
    await commitModules(context);
    await commitHost(context);
  },
  undo: {
    /** A decided change that cannot be finished: the data of some modules may be committed. */
    async uncommitted(context, { phase, changes }) {
      if (phase === "decided") await restoreSnapshots(context, changes);
    },
    async committed(context, _, why) {
      // The databases that they had stand as they were.
      await commitTakeBack(context, why);
    },
  },
  /** The data was seen to by the steps that change it. */
  redo: commitHost,
};

/** On a throw some transactions are committed and some not; recovery makes it one or the other. */
async function commitModules(context: StepContext): Promise<void> {
  const left = context.open.splice(0);
  try {
    for (let next = left.shift(); next; next = left.shift()) {
      faultPoint("commit-module.before");
      await next.commit();
      faultPoint("commit-module.after");
    }
  } catch (error) {
    await rollBack(left).catch(() => {});
    throw error;
  }
}

async function commitHost(context: StepContext): Promise<void> {
  const { op } = context;
  const { journal } = op;
  if (journal.phase !== "decided") throw new GraftError("INTERNAL", `${journal.reason} was not decided.`);
  faultPoint("commit-host.before");
  const generation = await commitGeneration(context, {
    ...{ operationId: op.id, planId: op.planId, actor: op.actor },
    ...describeCommit(journal),
  });
  faultPoint("commit-host.after");
  op.steps.set({ status: "applied", generation });
  await context.registry.refresh();
  await context.afterCommit();
}

/** A change of its own: a generation like the one before. */
async function commitTakeBack(context: StepContext, why: Problem): Promise<void> {
  const { op } = context;
  const { changes, removals, base, reason } = op.journal;
  faultPoint("take-back.commit.before");
  await commitGeneration(context, {
    ...{ operationId: op.id, planId: op.planId, actor: systemActor },
    base: op.current ?? op.steps.view().generation ?? base,
    reason: `Taken back: ${reason}`,
    status: "reverted",
    next: {
      put: [
        ...changes.flatMap((change) =>
          change.action === "upgrade"
            ? {
                ...{ module: change.module, digest: change.from, access: null },
                database: change.left?.database ?? databaseAfter(change),
              }
            : [],
        ),
        ...removals.map(({ module, digest, access, left }) => ({
          ...{ module, digest, access, database: left?.database ?? null },
        })),
      ],
      remove: changes.flatMap(({ action, module }) => (action === "install" ? module : [])),
      kept: [],
      unkept: { databases: [], ofOperation: op.id },
    },
    audit: changes.map(({ module }) => ({
      ...{ action: "module.take-back", target: module, summary: why.detail },
    })),
  });
  faultPoint("take-back.commit.after");
  await context.registry.refresh();
  await context.afterCommit();
}
