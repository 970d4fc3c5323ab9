import type { Digest, HostDb, Listener, Log } from "../../core/index.ts";
import { createRegistry } from "../../supply/installed/index.ts";
import { maskSecrets } from "../../supply/manifest/index.ts";
import { type Activation, type ActivationDeps, createActivation } from "../activation/activation.ts";
import { configureModule } from "../activation/configure-module.ts";
import { createGenerations } from "../generations/generations.ts";
import { modulesAt } from "../generations/modules-at.ts";
import { configChannel, generationChannel } from "../lead/channels.ts";
import { buildMissingIndexes } from "../operations/build-missing-indexes.ts";
import { createOperations } from "../operations/create-operations.ts";
import { maskStoredSecrets } from "../operations/mask-stored-secrets.ts";
import { createModuleData } from "../operations/module-data.ts";
import { recoverOperations } from "../operations/recover-operations.ts";
import type { RunDeps } from "../operations/run-operation.ts";
import type { Running } from "../operations/running.ts";
import type { Plans, PlansDeps } from "../plan/index.ts";
import { collectStore } from "../retained/collect-store.ts";
import { countWithoutLedger } from "../retained/count-without-ledger.ts";
import { createKeptData } from "../retained/kept-data.ts";
import { createMaintenance } from "../retained/maintenance.ts";
import { createRetention } from "../retained/retention.ts";
import { findSnapshot, snapshotOf } from "../retained/snapshots.ts";
import type { Install } from "./types.ts";

export interface InstallDeps
  extends ActivationDeps,
    Pick<RunDeps, "flags" | "toProblem" | "hold" | "release"> {
  db: HostDb;
  log: Log;
  dataDir: string;
  listener: Listener;
  /** What the catalogs offer now. */
  offered(): Promise<Digest[]>;
  /** Makes the plans out of what this room knows. */
  plansOf(
    known: Pick<
      PlansDeps,
      "current" | "operationOf" | "modulesOf" | "keptData" | "retention" | "snapshotOf" | "findSnapshot"
    >,
  ): Plans;
}

/** Behind NOTIFY. */
const pollMs = 15_000;
/** For operations whose host died: nothing tells of that. One look at an index each time. */
const recoverPollMs = 3_000;
const recoverRetryMs = 2_000;

export function createInstall(deps: InstallDeps): Install & { plans: Plans; activation: Activation } {
  const { db, log } = deps;
  const registry = createRegistry(db);
  const activation = createActivation(deps);
  const generations = createGenerations(deps, () => registry.generation());
  const keptData = createKeptData(deps);
  const retention = createRetention({ ...deps, keptData });
  const collectGarbage = () => collectStore(deps);
  const maintenance = createMaintenance({ log, retain: retention.applyDaily, collect: collectGarbage });
  const plans = deps.plansOf({
    current: registry.current,
    keptData: keptData.summaries,
    retention: retention.get,
    modulesOf: (number) => modulesAt(deps.flags, generations, number, registry.generation()),
    snapshotOf: (module, digest) => snapshotOf(db, module, digest),
    findSnapshot: (id) => findSnapshot(db, id),
    operationOf: async (planId) =>
      (await db.prisma.operation.findFirst({ where: { planId }, select: { id: true } }))?.id ?? null,
  });
  const run: RunDeps = { ...deps, registry, activation, afterCommit, retain: retention.retain };
  const operations = createOperations({ ...run, plans, inTurn, interrupted });
  let activateRecovered = async () => {};
  /** Of interrupted operations: their requests wait until recovery has decided. */
  const held = new Set<string>();
  let recoverTimer: NodeJS.Timeout | undefined;
  let lastTurn: Promise<void> = Promise.resolve();
  let timers: NodeJS.Timeout[] = [];
  let unlisten: (() => void)[] = [];
  let converging: Promise<void> | null = null;
  let closed = false;

  async function afterCommit() {
    deps.flags.setInstalled(
      registry.list().map(({ name, manifest }) => ({
        name,
        widgets: manifest.widgets.map((w) => w.id),
        flags: manifest.flags,
      })),
    );
    await deps.flags.refresh();
  }
  function reconcile(): Promise<void> {
    return inTurn(async () => {
      if (closed) return;
      await registry.refresh();
      await afterCommit();
      await activation.reconcile(registry.list());
    });
  }
  /**
   * Whatever starts and stops modules on this host, one after the other: an operation that stops a module must not meet
   * a reconciliation that has read, a moment before, that it should run.
   */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = lastTurn.then(work);
    // A failed turn does not keep the next from its own.
    lastTurn = done.then(
      () => {},
      () => {},
    );
    return done;
  }
  function reconcileSoon() {
    reconcile().catch((error) =>
      log.warn({ err: error }, "could not follow the current generation; trying again soon"),
    );
  }
  function interrupted(op?: Running): void {
    for (const { module, cutover } of op?.journal.changes ?? []) if (cutover === "held") held.add(module);
    recoverSoon();
  }
  function recoverSoon(): void {
    clearTimeout(recoverTimer);
    inTurn(recoverHere).catch((error) => {
      log.error({ err: error }, "recovery will be tried again");
      recoverLater();
    });
  }
  function recoverLater(): void {
    clearTimeout(recoverTimer);
    if (!closed) recoverTimer = setTimeout(recoverSoon, recoverRetryMs).unref();
  }
  /** What a host left that died, or this one when PostgreSQL went away under it. In turn, as it starts and stops modules. */
  async function recoverHere(): Promise<void> {
    if (closed) return;
    // One that waits for its turn has what it needs in its hand; what it left, if anything, is for the turn after it.
    if (operations.busy()) return recoverLater();
    await keptData.finishDeletions();
    const recovery = await recoverOperations(recoverDeps());
    // Another host is at it; its outcome comes by NOTIFY.
    if (recovery === null) return releaseHeld();
    if (recovery.found === 0 && held.size === 0) return recovery.activate();
    // Settled first: an upgrade's old process serves until the new one is healthy.
    await recovery.activate();
    await activation.reconcile(registry.list());
    releaseHeld();
  }
  function releaseHeld(): void {
    for (const module of held) deps.release(module);
    held.clear();
  }
  const recoverDeps = () => ({ ...run, openLog: operations.openLog, viewOf: operations.viewOf });

  async function converge() {
    // First of all: a database that is away for a moment now does not keep this host from following later.
    unlisten = [
      deps.listener.on(generationChannel, (number) => {
        if (Number(number) > registry.generation()) reconcileSoon();
      }),
      deps.listener.on(configChannel, reconcileSoon),
      deps.listener.onReconnect(reconcileSoon),
    ];
    timers = [setInterval(reconcileSoon, pollMs), setInterval(recoverSoon, recoverPollMs)];
    for (const timer of timers) timer.unref();
    maintenance.start();
    try {
      await reconcile();
    } catch (error) {
      log.error({ err: error }, "could not start the installed modules; trying again soon");
    }
    await inTurn(activateRecovered).catch((error) => {
      log.error({ err: error }, "recovery will be tried again");
      recoverLater();
    });
    buildMissingIndexes({ ...run, modules: registry.list() });
  }

  return {
    registry,
    operations,
    generations,
    keptData,
    retention,
    collectGarbage,
    moduleData: createModuleData(deps, { registry, operations, plans }),
    plans,
    activation,
    configure: (actor, module, config) =>
      inTurn(() => configureModule({ db, registry, activation }, actor, module, config)),
    configOf: ({ manifest, config }) => maskSecrets(manifest.config, config),
    async recover() {
      await registry.refresh();
      await keptData.finishDeletions();
      const recovery = await recoverOperations(recoverDeps());
      if (recovery) activateRecovered = recovery.activate;
      await countWithoutLedger(db, deps.store);
      await maskStoredSecrets(deps);
    },
    converge() {
      converging ??= converge();
      return converging;
    },
    async close() {
      closed = true;
      for (const stop of unlisten) stop();
      for (const timer of timers) clearInterval(timer);
      clearTimeout(recoverTimer);
      await maintenance.close();
      await operations.idle();
      await lastTurn;
      await activation.close();
    },
  };
}
