import { isDeepStrictEqual } from "node:util";
import { type Access, auditIn, type Identity } from "../access/index.ts";
import {
  createRateLimit,
  createReloadQueue,
  GraftError,
  type HostDb,
  type Listener,
  type Log,
} from "../core/index.ts";
import type { Evaluation, FlagContext, Flags } from "../flags/index.ts";
import { experimentsChannel, selectExposures, selectGoal } from "./experiments.sql.ts";
import { goalReport, read, readExperiment, useReport } from "./input.ts";
import { judge, looksOf } from "./judge.ts";
import { keepResults } from "./keep-results.ts";
import { createLifecycle, guardRunning, notifyExperiments } from "./lifecycle.ts";
import { createRecorder } from "./recorder.ts";
import { fromRow, type StoredExperiment, toColumns, toView } from "./stored.ts";
import type { Experiments, GoalSource } from "./types.ts";
import { writeAssignment } from "./write-definition.ts";

export interface ExperimentDeps {
  db: HostDb;
  access: Access;
  flags: Flags;
  log: Log;
  listener: Listener;
  /** Every goal of every installed module. */
  sources(): readonly GoalSource[];
  /** Between two writes of what was reported; a second unless given. */
  writeEveryMs?: number;
}

interface Live {
  experiment: StoredExperiment;
  /** The variant that the experiment gives, or none. */
  assign(context: FlagContext): Evaluation;
}

const pollMs = 15_000;
const listMax = 200;

/** Resolves once the running experiments are known. The listener stays the caller's to close. */
export async function createExperiments(deps: ExperimentDeps): Promise<Experiments> {
  const { access, flags, listener, log } = deps;
  const { pool, prisma } = deps.db;
  const { features } = flags;
  const recorder = createRecorder({ db: deps.db, log, everyMs: deps.writeEveryMs ?? 1_000 });
  const limit = createRateLimit({
    max: 120,
    windowMs: 60_000,
    message: (max) => `More than ${max} reports a minute.`,
  });
  let live: ReadonlyMap<string, Live> = new Map();

  const queue = createReloadQueue(async () => {
    const rows = await prisma.experiment.findMany({ where: { status: "running" } });
    live = new Map(rows.map((row) => [row.flagKey, toLive(fromRow(row))]));
  });
  const refresh = () => queue.reload("*");
  const refreshInBackground = () =>
    void refresh().catch((err) => log.warn({ err }, "experiments could not be read; the last ones go on"));
  const stops = [
    listener.on(experimentsChannel, refreshInBackground),
    listener.onReconnect(refreshInBackground),
  ];
  const poll = setInterval(refreshInBackground, pollMs).unref();
  features.guard(guardRunning);
  const lifecycle = createLifecycle({
    features,
    countUsers(experiment, flag) {
      const assign = features.compile(flag.key, writeAssignment(flag.definition, experiment));
      const takesPart = (user: Identity) =>
        user.enabled && assign(features.contextOf(user)).variant !== undefined;
      return [...access.directory.identities()].filter(takesPart).length;
    },
  });
  await listener.listening();
  await refresh();

  function toLive(experiment: StoredExperiment): Live {
    const flag = experiment.before?.definition ?? features.get(experiment.flagKey)?.definition;
    if (flag === undefined)
      return { experiment, assign: () => ({ key: experiment.flagKey, reason: "ERROR" }) };
    return { experiment, assign: features.compile(experiment.flagKey, writeAssignment(flag, experiment)) };
  }
  async function require(id: string): Promise<StoredExperiment> {
    const row = await prisma.experiment.findUnique({ where: { id } });
    if (row === null) throw new GraftError("NOT_FOUND", "There is no such experiment.");
    return fromRow(row);
  }
  async function countUp(id: string) {
    const experiment = await require(id);
    const { startedAt, stoppedAt, createdAt } = experiment;
    const design = {
      ...experiment,
      tunedFor: experiment.tunedFor ?? 1,
      startedAt: Date.parse(startedAt ?? createdAt),
      until: stoppedAt === null ? Date.now() : Date.parse(stoppedAt),
    };
    const looks = looksOf(design);
    const [{ gains, crossed }, ...goals] = await Promise.all([
      selectExposures(pool, id, looks),
      ...experiment.goals.map((goal) => selectGoal(pool, id, goal, looks)),
    ]);
    return judge(design, { exposures: gains, crossed, goals });
  }
  const results = keepResults(countUp);
  const known = () => ({ flag: features.get, goals: deps.sources() });
  async function changed(id: string) {
    results.forget(id);
    await refresh();
    return toView(await require(id));
  }
  function requireGiven(identity: Identity, module: string) {
    if (flags.decide(identity, `${module}/*`).allowed) return;
    throw new GraftError("FORBIDDEN", `${identity.name} was not given ${module}.`);
  }

  const experiments: Experiments = {
    goals: () => [...deps.sources()],
    async list() {
      const rows = await prisma.experiment.findMany({ orderBy: { id: "desc" }, take: listMax });
      return rows.map((row) => toView(fromRow(row)));
    },
    get: async (id) => toView(await require(id)),
    async results(id) {
      await recorder.flush().catch((err: unknown) => log.warn({ err }, "the newest figures are missing"));
      return results.look(id);
    },
    async create(actor, input) {
      const checked = readExperiment(input, known());
      const row = await prisma.$transaction(async (tx) => {
        const made = await tx.experiment.create({ data: { ...toColumns(checked), createdBy: actor.name } });
        await auditIn(tx, actor, {
          action: "experiment.create",
          target: checked.title,
          summary: `Made the experiment ${checked.title} on ${checked.flagKey}`,
          details: { experiment: made.id, flag: checked.flagKey },
        });
        return made;
      });
      return toView(fromRow(row));
    },
    async update(actor, id, input) {
      const { title } = await require(id);
      const checked = readExperiment(input, known());
      await prisma.$transaction(async (tx) => {
        const { count } = await tx.experiment.updateMany({
          where: { id, status: "draft" },
          data: toColumns(checked),
        });
        if (count === 0) {
          throw new GraftError("CONFLICT", `${title} has begun, so it stays as it is.`, {
            hint: "Figures counted under one design say nothing about another. Duplicate it as a new draft.",
            details: { experiment: id },
          });
        }
        await auditIn(tx, actor, {
          action: "experiment.update",
          target: checked.title,
          summary: `Changed the experiment ${checked.title}`,
          details: { experiment: id },
        });
      });
      return toView(await require(id));
    },
    async previewStart(id) {
      const experiment = await require(id);
      return features.preview(experiment.flagKey, lifecycle.running(experiment));
    },
    async start(actor, id) {
      await lifecycle.start(actor, await require(id));
      return changed(id);
    },
    async stop(actor, id) {
      await recorder.flush();
      await lifecycle.stop(actor, await require(id));
      return changed(id);
    },
    async previewRollOut(id, variant) {
      const experiment = await require(id);
      return features.preview(experiment.flagKey, lifecycle.won(experiment, variant));
    },
    async rollOut(actor, id, variant) {
      await recorder.flush();
      await lifecycle.rollOut(actor, await require(id), variant);
      return changed(id);
    },
    async undoRollOut(actor, id) {
      await lifecycle.undoRollOut(actor, await require(id));
      return changed(id);
    },
    async remove(actor, id) {
      const { title, flagKey } = await require(id);
      await prisma.$transaction(async (tx) => {
        const { count } = await tx.experiment.deleteMany({ where: { id, status: { not: "running" } } });
        if (count === 0) throw new GraftError("CONFLICT", `${title} runs.`, { hint: "Stop it first." });
        await auditIn(tx, actor, {
          action: "experiment.remove",
          target: title,
          summary: `Deleted the experiment ${title} and its figures`,
          details: { experiment: id, flag: flagKey },
        });
        await notifyExperiments(tx);
      });
      results.forget(id);
    },
    expose(flagKey, context, seen) {
      const running = live.get(flagKey);
      const { targetingKey } = context;
      if (running === undefined || typeof targetingKey !== "string") return;
      if (access.directory.identity(targetingKey) === null) return;
      const { variant, value } = running.assign(context);
      const flag = features.get(flagKey);
      // Switched off meanwhile, or not in the experiment: what they get is not its doing.
      if (variant === undefined || flag?.definition.state !== "ENABLED") return;
      if (seen !== undefined && !isDeepStrictEqual(seen, value)) return;
      recorder.expose(running.experiment.id, targetingKey, variant, Date.now());
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
      experiments.expose(flag.key, features.contextOf(identity), value);
    },
    reportGoal(identity, module, input) {
      const { goal, value, key } = read(goalReport, input, "report");
      requireGiven(identity, module);
      limit(`${module}:${identity.userId}`);
      const { kind } = requireGoal(deps.sources(), module, goal);
      if (kind === "value" && value === undefined)
        throw new GraftError("INVALID_INPUT", `${module}.${goal} is reported with a value.`);
      const waiting = [...live.values()].filter(({ experiment }) =>
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
    flush: recorder.flush,
    async close() {
      clearInterval(poll);
      for (const stop of stops) stop();
      await queue.idle();
      await recorder.close();
    },
  };
  return experiments;
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
