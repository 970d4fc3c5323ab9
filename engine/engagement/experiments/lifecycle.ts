import { isDeepStrictEqual } from "node:util";
import type { FlagDefinition, FlagInput, FlagView } from "../../../contract/flags.ts";
import { type Actor, fromJson, GraftError, type HostTx, type Prisma, toJson } from "../../core/index.ts";
import type { FeatureFlags } from "../../decisions/index.ts";
import { auditIn } from "../../people/index.ts";
import { experimentsChannel } from "./experiments.sql.ts";
import { asStored, type Before, type StoredExperiment } from "./stored.ts";
import { writeRunning, writeWon } from "./write-definition.ts";

interface LifecycleDeps {
  features: FeatureFlags;
  /** How many users would take part now. */
  countUsers(experiment: StoredExperiment, flag: FlagView): number;
}

type Write = Prisma.ExperimentUpdateManyMutationInput;
interface Step {
  from: StoredExperiment["status"][];
  /** The flag from then on; null: as its module declares it. */
  flag: FlagInput | null;
  data: Write;
  action: string;
  summary: string;
}

const tunedForMin = 100;

/** From draft to the end; each step changes the experiment and its flag in one transaction. */
export function createLifecycle({ features, countUsers }: LifecycleDeps) {
  async function step(actor: Actor, experiment: StoredExperiment, change: Step) {
    const { id, title, flagKey } = experiment;
    const within = async (tx: HostTx) => {
      const { count } = await tx.experiment.updateMany({
        where: { id, status: { in: change.from } },
        data: change.data,
      });
      if (count === 0) throw notNow(experiment, change.from);
      await auditIn(tx, actor, {
        action: change.action,
        target: title,
        summary: change.summary,
        details: { experiment: id, flag: flagKey },
      });
      await notifyExperiments(tx);
    };
    await features
      .change(actor, flagKey, { after: change.flag, summary: change.summary, within })
      .catch((error: unknown) => {
        if ((error as { code?: unknown }).code !== "P2002") throw error;
        throw new GraftError("CONFLICT", `Another experiment runs on ${flagKey} already.`, {
          hint: "Stop that one first.",
          details: { flag: flagKey },
        });
      });
  }

  function requireFlag({ flagKey }: StoredExperiment): FlagView {
    const flag = features.get(flagKey);
    if (flag !== null) return flag;
    throw new GraftError("CONFLICT", `The flag ${flagKey} is gone.`, {
      hint: "Was its module removed? Install it again, or delete the experiment.",
      details: { flag: flagKey },
    });
  }

  function running(experiment: StoredExperiment): FlagDefinition {
    const { definition, archived } = requireFlag(experiment);
    if (archived) throw new GraftError("CONFLICT", `${experiment.flagKey} is archived.`);
    const missing = experiment.variants.find(({ variant }) => !Object.hasOwn(definition.variants, variant));
    if (missing === undefined) return writeRunning(definition, experiment);
    throw new GraftError("CONFLICT", `${experiment.flagKey} has no variant ${missing.variant} any more.`, {
      hint: "Change the experiment's variants.",
    });
  }

  /** What rolling out begins with: the flag without the experiment. */
  function baseOf(experiment: StoredExperiment): Before {
    return experiment.status === "running" && experiment.before !== null
      ? experiment.before
      : beforeOf(requireFlag(experiment));
  }
  function won(experiment: StoredExperiment, variant: string): FlagDefinition {
    if (!experiment.variants.some((one) => one.variant === variant))
      throw new GraftError("INVALID_INPUT", `${variant} is not a variant of this experiment.`);
    return writeWon(baseOf(experiment).definition, experiment.audience, variant);
  }

  return {
    running,
    won,
    async start(actor: Actor, experiment: StoredExperiment) {
      if (experiment.status !== "draft") throw notNow(experiment, ["draft"]);
      const definition = running(experiment);
      const flag = requireFlag(experiment);
      await step(actor, experiment, {
        flag: { definition },
        from: ["draft"],
        data: {
          status: "running",
          startedAt: new Date(),
          tunedFor: Math.max(tunedForMin, countUsers(experiment, flag)),
          runningDefinition: toJson(definition),
          beforeInput: toJson(beforeOf(flag)),
        },
        action: "experiment.start",
        summary: `Started the experiment ${experiment.title}`,
      });
    },
    async stop(actor: Actor, experiment: StoredExperiment) {
      if (experiment.status !== "running") throw notNow(experiment, ["running"]);
      const current = requireFlag(experiment).definition.state;
      await step(actor, experiment, {
        flag: restored(experiment.before, current),
        from: ["running"],
        data: { status: "stopped", stoppedAt: new Date() },
        action: "experiment.stop",
        summary: `Stopped the experiment ${experiment.title}`,
      });
    },
    async rollOut(actor: Actor, experiment: StoredExperiment, variant: string) {
      const from: StoredExperiment["status"][] = ["running", "stopped"];
      if (!from.includes(experiment.status)) throw notNow(experiment, from);
      const definition = won(experiment, variant);
      await step(actor, experiment, {
        flag: { definition },
        from,
        data: {
          status: "concluded",
          winner: variant,
          stoppedAt: experiment.stoppedAt ?? new Date(),
          concludedAt: new Date(),
          beforeInput: toJson(baseOf(experiment)),
          wonDefinition: toJson(definition),
        },
        action: "experiment.roll-out",
        summary: `Rolled out ${variant}, after the experiment ${experiment.title}`,
      });
    },
    async undoRollOut(actor: Actor, experiment: StoredExperiment) {
      if (experiment.status !== "concluded") throw notNow(experiment, ["concluded"]);
      const { definition } = requireFlag(experiment);
      if (!isDeepStrictEqual(asStored(definition), asStored(experiment.wonDefinition))) {
        throw new GraftError(
          "CONFLICT",
          `${experiment.flagKey} was changed since the winner was rolled out.`,
          {
            hint: "The flag's own history takes back each change.",
          },
        );
      }
      await step(actor, experiment, {
        flag: restored(experiment.before, "ENABLED"),
        from: ["concluded"],
        data: { status: "stopped", winner: null, concludedAt: null },
        action: "experiment.undo-roll-out",
        summary: `Took back the roll-out of ${experiment.winner}, after the experiment ${experiment.title}`,
      });
    },
  };
}

/** Throws unless the change leaves a running experiment as it is; switching the flag off and on does. */
export async function guardRunning(tx: HostTx, key: string, after: FlagInput | null): Promise<void> {
  const row = await tx.experiment.findFirst({ where: { flagKey: key, status: "running" } });
  if (row === null) return;
  if (after !== null && after.archived !== true) {
    const { state: _, ...wanted } = after.definition;
    const { state: __, ...kept } = fromJson<FlagDefinition>(row.runningDefinition);
    if (isDeepStrictEqual(asStored(wanted), asStored(kept))) return;
  }
  throw new GraftError(
    "CONFLICT",
    `The experiment ${row.title} runs on ${key}, so its rules stay as they are.`,
    {
      hint: "Stop it or roll out a variant under Experiments. Switching the flag off is possible at any time.",
      details: { experiment: row.id },
    },
  );
}

export async function notifyExperiments(tx: HostTx): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify(${experimentsChannel}, '')`;
}

function beforeOf({ definition, description, module, changed }: FlagView): Before {
  return { definition, description, own: module === null || changed };
}

/** Whoever switched the flag off meanwhile had a reason. */
function restored(before: Before | null, current: FlagDefinition["state"]): FlagInput | null {
  if (before === null) return null;
  const { own, description, definition } = before;
  const state = current === "DISABLED" ? current : definition.state;
  if (!own && state === definition.state) return null;
  return { definition: { ...definition, state }, description };
}

function notNow({ title, status }: StoredExperiment, from: readonly string[]): GraftError {
  return new GraftError("CONFLICT", `${title} is ${status === "draft" ? "a draft" : status}.`, {
    hint: `This is for experiments that are ${from.join(" or ")}.`,
    details: { status },
  });
}
