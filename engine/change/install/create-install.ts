import { createSecretBox, type HostDb, type Listener, type Log } from "../../core/index.ts";
import type { Traffic } from "../../serving/gateway/index.ts";
import type { CatalogService } from "../../supply/catalog/index.ts";
import type { RegistryRoom } from "../../supply/installed/index.ts";
import {
  createModuleSettings,
  evaluateBeside,
  type ModuleSettings,
  runMigration,
  shownConfig,
} from "../../supply/settings/index.ts";
import { type ActivationDeps, createActivation } from "../activation/activation.ts";
import { configureModule } from "../activation/configure-module.ts";
import { restartModule } from "../activation/restart-module.ts";
import { setTimeLimit } from "../activation/set-time-limit.ts";
import { createGenerations, type Generations } from "../generations/generations.ts";
import { modulesAt } from "../generations/modules-at.ts";
import { createAttention } from "../operations/create-attention.ts";
import { createOperations } from "../operations/create-operations.ts";
import { createModuleData } from "../operations/module-data.ts";
import { recoverOperations } from "../operations/recover-operations.ts";
import type { RunDeps } from "../operations/run-operation.ts";
import { createPlans, type Plans } from "../plan/index.ts";
import { collectStore } from "../retained/collect-store.ts";
import { dropUnnamed } from "../retained/drop-unnamed.ts";
import { createKeptData, type KeptDataRoom } from "../retained/kept-data.ts";
import { createMaintenance } from "../retained/maintenance.ts";
import { createRetention, type RetentionRoom } from "../retained/retention.ts";
import { findSnapshot, snapshotIn, snapshotOf } from "../retained/snapshots.ts";
import { createInterruptions, createRecovery } from "./create-recovery.ts";
import { followGenerations } from "./follow-generations.ts";
import { createTurns } from "./turns.ts";
import type { Install } from "./types.ts";

export interface InstallDeps extends ActivationDeps, Pick<RunDeps, "flags" | "toProblem"> {
  db: HostDb;
  log: Log;
  dataDir: string;
  listener: Listener;
  registry: RegistryRoom;
  catalog: CatalogService;
  traffic: Pick<Traffic, "hold" | "letRead" | "endReading" | "release" | "answered">;
  graftVersion: string;
}

export function createInstall(deps: InstallDeps): Install & { plans: Plans } {
  const { db, log, registry, flags, traffic } = deps;
  const turns = createTurns();
  const activation = createActivation(deps);
  const generations = createGenerations(deps);
  const keptData = createKeptData(deps);
  const retention = createRetention({ ...deps, keptData });
  const collectGarbage = () => collectStore(deps);
  const maintenance = createMaintenance({
    log,
    retain: retention.applyDaily,
    collect: collectGarbage,
    dropUnnamed: () => dropUnnamed(deps),
  });
  const settings = createModuleSettings({
    ...{ box: createSecretBox(deps.secret), evaluate: evaluateBeside, runMigration },
  });
  const plans = composePlans({ ...deps, settings }, { generations, keptData, retention });

  const run: RunDeps = {
    ...{ ...deps, activation },
    ...{ hold: traffic.hold, letRead: traffic.letRead, endReading: traffic.endReading },
    ...{ release: traffic.release, answered: traffic.answered },
    retain: retention.retain,
    // Rules that the commit wrote are in memory before anything is served by them.
    afterCommit: flags.refresh,
  };
  const interruptions = createInterruptions();
  const operations = createOperations({
    ...{ ...run, plans, inTurn: turns.inTurn },
    interrupted: interruptions.report,
  });
  const recover = { ...run, openLog: operations.openLog, viewOf: operations.viewOf, tries: new Map() };
  const recovery = createRecovery({
    ...{ log, turns, interruptions, busy: operations.busy, release: traffic.release },
    async recover() {
      await keptData.finishDeletions();
      return recoverOperations(recover);
    },
    reconcile: () => activation.reconcile(registry.list()),
  });
  const attention = createAttention({
    ...{ ...recover, inTurn: turns.inTurn, finishDeletion: keptData.finishDeletion },
  });
  const followed = followGenerations({
    ...{ log, listener: deps.listener, registry, turns },
    async reconcile() {
      await registry.refresh();
      await flags.refresh();
      await activation.reconcile(registry.list());
    },
  });
  async function converge() {
    deps.database.watch();
    recovery.start();
    maintenance.start();
    attention.start();
    await followed.start();
    await recovery.activateFound();
    spare = deps.database.keepSpare().catch((err) => log.warn({ err }, "no spare database was made"));
  }
  let converging: Promise<void> | null = null;
  let spare: Promise<void> | null = null;

  return {
    operations,
    attention,
    generations,
    keptData,
    retention,
    collectGarbage,
    moduleData: createModuleData(deps, { registry, operations, plans }),
    plans,
    configure: (actor, module, config) =>
      turns.inTurn(() => configureModule({ db, registry, activation, settings }, { actor, module, config })),
    setTimeLimit: (actor, module, timeoutMs) => setTimeLimit({ db, registry }, { actor, module, timeoutMs }),
    restart: (actor, module) => restartModule(deps, actor, module),
    configOf: ({ manifest, config }) => shownConfig({ schema: manifest.config, config }),
    async recover() {
      await registry.refresh();
      await recovery.atStart();
    },
    converge() {
      converging ??= converge();
      return converging;
    },
    async close() {
      followed.close();
      recovery.close();
      await maintenance.close();
      await attention.close();
      await operations.idle();
      await turns.idle();
      await activation.close();
      await spare;
    },
  };
}

/** Plans know of the past what its rooms, which rest on plans, tell them. */
function composePlans(
  deps: InstallDeps & { settings: ModuleSettings },
  past: { generations: Generations; keptData: KeptDataRoom; retention: RetentionRoom },
): Plans {
  const { db } = deps;
  return createPlans({
    ...deps,
    keptData: past.keptData.summaries,
    retention: past.retention.get,
    modulesOf: (number) => modulesAt({ ...deps, generations: past.generations }, number),
    snapshotOf: (module, digest) => snapshotOf(db, module, digest),
    snapshotIn: (module, database) => snapshotIn(db, module, database),
    findSnapshot: (id) => findSnapshot(db, id),
    operationOf: async (planId) =>
      (await db.prisma.operation.findFirst({ where: { planId }, select: { id: true } }))?.id ?? null,
  });
}
