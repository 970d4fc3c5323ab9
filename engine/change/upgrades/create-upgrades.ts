import { GraftError, type HostDb, type Log } from "../../core/index.ts";
import type { CatalogService } from "../../supply/catalog/index.ts";
import type { Registry } from "../../supply/installed/index.ts";
import type { Install } from "../install/index.ts";
import type { Plans } from "../plan/index.ts";
import { createScheduler } from "./create-scheduler.ts";
import { findNewer, type Outdated, toUpdate } from "./find-updates.ts";
import { planAll } from "./plan-all.ts";
import { readPolicy, saveExcluded, savePolicy, viewPolicy } from "./policy.ts";
import { readRuns } from "./runs.ts";
import type { PolicyView, Upgrades } from "./types.ts";

export interface UpgradesDeps {
  db: HostDb;
  log: Log;
  catalog: Pick<CatalogService, "versions">;
  plans: Plans;
  registry: Registry;
  install: Pick<Install, "operations">;
  graftVersion: string;
  now?(): Date;
}

/** The count in the navigation is at most this old, beside every change of what is installed. */
const recountMs = 60_000;

export function createUpgrades(deps: UpgradesDeps): Upgrades {
  const { db, log, catalog, registry, plans, install, graftVersion, now = () => new Date() } = deps;
  let count = 0;
  let timer: NodeJS.Timeout | undefined;
  let unlisten = () => {};
  let closed = false;

  const newer = () => findNewer(catalog, registry.list(), graftVersion);
  const outdated = async (): Promise<Outdated[]> => {
    const { outdated: found } = await newer();
    count = found.length;
    return found;
  };
  const recount = () => {
    outdated().catch((error) => log.warn({ err: error }, "updates could not be counted"));
  };
  const policy = async (): Promise<PolicyView> => viewPolicy(await readPolicy(db.prisma), now());
  const scheduler = createScheduler({
    ...{ db, log, registry, plans, outdated, now },
    operations: install.operations,
  });

  return {
    policy,
    count: () => count,
    async available() {
      const [found, { excluded }] = await Promise.all([outdated(), readPolicy(db.prisma)]);
      return found.flatMap((one) => toUpdate(one, excluded) ?? []);
    },
    unsupported: async () => (await newer()).unsupported,
    async plan(actor, modules) {
      const found = await outdated();
      for (const name of modules ?? []) titleOf(name);
      return planAll(
        plans,
        actor,
        modules ? found.filter(({ module }) => modules.includes(module.name)) : found,
      );
    },
    async setPolicy(actor, input) {
      await savePolicy(db, actor, input);
      scheduler.look();
      return policy();
    },
    async setExcluded(actor, name, excluded) {
      await saveExcluded(db, actor, { name, title: titleOf(name), excluded });
      scheduler.look();
      return policy();
    },
    runs: (limit = 20) => readRuns(db, limit),
    start() {
      if (closed) return;
      recount();
      timer = setInterval(recount, recountMs);
      timer.unref();
      unlisten = registry.onChange(recount);
      scheduler.start();
    },
    async close() {
      closed = true;
      clearInterval(timer);
      unlisten();
      await scheduler.close();
    },
  };

  function titleOf(name: string): string {
    const module = registry.get(name);
    if (module) return module.title;
    throw new GraftError("MODULE_NOT_INSTALLED", `${name} is not installed.`, { details: { module: name } });
  }
}
