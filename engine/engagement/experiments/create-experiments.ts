import { createReloadQueue, GraftError, type HostDb, type Listener, type Log } from "../../core/index.ts";
import type { Flags } from "../../decisions/index.ts";
import type { Access, Identity } from "../../people/index.ts";
import type { Registry } from "../../supply/installed/index.ts";
import { createDraft, removeExperiment, updateDraft } from "./drafts.ts";
import { experimentsChannel, selectExposures, selectGoal } from "./experiments.sql.ts";
import { readExperiment } from "./input.ts";
import { judge, looksOf } from "./judge.ts";
import { keepResults } from "./keep-results.ts";
import { createLifecycle, guardRunning } from "./lifecycle.ts";
import { listGoals } from "./list-goals.ts";
import { createRecorder } from "./recorder.ts";
import { createReports, type Live } from "./reports.ts";
import { fromRow, type StoredExperiment, toView } from "./stored.ts";
import type { Experiments } from "./types.ts";
import { writeAssignment } from "./write-definition.ts";

export interface ExperimentDeps {
  db: HostDb;
  access: Access;
  flags: Flags;
  log: Log;
  listener: Listener;
  registry: Pick<Registry, "list">;
  /** Between two writes of what was reported; a second unless given. */
  writeEveryMs?: number;
}

const pollMs = 15_000;
const listMax = 200;

/** Resolves once the running experiments are known. The listener stays the caller's to close. */
export async function createExperiments(deps: ExperimentDeps): Promise<Experiments> {
  const { access, flags, listener, log, registry } = deps;
  const { pool, prisma } = deps.db;
  const { features } = flags;
  const recorder = createRecorder({ db: deps.db, log, everyMs: deps.writeEveryMs ?? 1_000 });
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
      ...experiment.goals.map((goal) => selectGoal(pool, id, { ...goal, looks })),
    ]);
    return judge(design, { exposures: gains, crossed, goals });
  }
  const results = keepResults(countUp);
  const known = () => ({ flag: features.get, goals: listGoals(registry) });
  async function changed(id: string) {
    results.forget(id);
    await refresh();
    return toView(await require(id));
  }
  const reports = createReports({ ...deps, recorder, live: () => live });

  return {
    goals: () => listGoals(registry),
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
      const row = await createDraft(prisma, actor, checked);
      return toView(fromRow(row));
    },
    async update(actor, id, input) {
      const { title } = await require(id);
      const checked = readExperiment(input, known());
      await updateDraft(prisma, actor, { id, title, checked });
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
      await removeExperiment(prisma, actor, await require(id));
      results.forget(id);
    },
    ...reports,
    flush: recorder.flush,
    async close() {
      clearInterval(poll);
      for (const stop of stops) stop();
      await queue.idle();
      await recorder.close();
    },
  };
}
