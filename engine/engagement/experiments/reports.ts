import { isDeepStrictEqual } from "node:util";
import { type GoalSource, goalReport, useReport } from "../../../contract/experiments.ts";
import type { Evaluation } from "../../../contract/flags.ts";
import { createRateLimit, GraftError } from "../../core/index.ts";
import type { FlagContext, Flags } from "../../decisions/index.ts";
import type { Access, Identity } from "../../people/index.ts";
import type { Registry } from "../../supply/installed/index.ts";
import { read } from "./input.ts";
import { listGoals } from "./list-goals.ts";
import type { Recorder } from "./recorder.ts";
import type { StoredExperiment } from "./stored.ts";
import type { Experiments } from "./types.ts";

/** An experiment that runs. */
export interface Live {
  experiment: StoredExperiment;
  /** The variant that the experiment gives, or none. */
  assign(context: FlagContext): Evaluation;
}

/** What is used and reached: by Graft's own evaluations, and as modules and frames report it. */
export function createReports(deps: {
  access: Access;
  flags: Flags;
  recorder: Recorder;
  /** By flag. */
  live(): ReadonlyMap<string, Live>;
  registry: Pick<Registry, "list">;
}): Pick<Experiments, "expose" | "reportUse" | "reportGoal"> {
  const { access, flags, recorder, live } = deps;
  const { features } = flags;
  const limit = createRateLimit({
    max: 120,
    windowMs: 60_000,
    message: (max) => `More than ${max} reports a minute.`,
  });
  function requireGiven(identity: Identity, module: string) {
    if (flags.decide(identity, `${module}/*`).allowed) return;
    throw new GraftError("FORBIDDEN", `${identity.name} was not given ${module}.`);
  }

  const reports: ReturnType<typeof createReports> = {
    expose(flagKey, context, seen) {
      const running = live().get(flagKey);
      const { targetingKey } = context;
      if (running === undefined || typeof targetingKey !== "string") return;
      if (access.directory.identity(targetingKey) === null) return;
      const { variant, value } = running.assign(context);
      const flag = features.get(flagKey);
      // Switched off meanwhile, or not in the experiment: what they get is not its doing.
      if (variant === undefined || flag?.definition.state !== "ENABLED") return;
      if (seen !== undefined && !isDeepStrictEqual(seen, value)) return;
      recorder.expose({
        ...{ experimentId: running.experiment.id, userId: targetingKey },
        ...{ variant, atMs: Date.now() },
      });
    },
    reportUse(identity, module, input) {
      const { flag: name, value } = read(useReport, input, "report");
      requireGiven(identity, module);
      limit(`${module}:${identity.userId}`);
      const flag = features.list().find(({ key }) => key === `${module}.${name}`);
      if (flag?.module !== module)
        throw new GraftError("INVALID_INPUT", `${module} declares no flag ${name}.`, {
          details: { flag: name },
        });
      reports.expose(flag.key, features.contextOf(identity), value);
    },
    reportGoal(identity, module, input) {
      const { goal, value, key } = read(goalReport, input, "report");
      requireGiven(identity, module);
      limit(`${module}:${identity.userId}`);
      const { kind } = requireGoal(listGoals(deps.registry), module, goal);
      if (kind === "value" && value === undefined)
        throw new GraftError("INVALID_INPUT", `${module}.${goal} is reported with a value.`);
      const waiting = [...live().values()].filter(({ experiment }) =>
        experiment.goals.some((one) => one.module === module && one.goal === goal),
      );
      for (const { experiment } of waiting) {
        recorder.reach({
          experimentId: experiment.id,
          ...{ module, goal },
          userId: identity.userId,
          key: kind === "conversion" ? "" : key,
          value: kind === "value" ? (value as number) : 1,
          atMs: Date.now(),
        });
      }
      return { counted: waiting.length > 0 };
    },
  };
  return reports;
}

function requireGoal(sources: readonly GoalSource[], module: string, goal: string): GoalSource {
  const own = sources.filter((source) => source.module === module);
  const found = own.find((source) => source.goal === goal);
  if (found !== undefined) return found;
  const names = own.map((source) => source.goal).join(", ") || "none";
  throw new GraftError("INVALID_INPUT", `${module} declares no goal ${goal}.`, {
    hint: `Goals are declared under "goals" in its module.json; it has: ${names}.`,
    details: { goal },
  });
}
