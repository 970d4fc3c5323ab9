import { createHash } from "node:crypto";
import type { HostDb, Log } from "../../core/index.ts";
import { auditIn } from "../../people/index.ts";
import type { Registry } from "../../supply/installed/index.ts";
import { tryLead } from "../install/index.ts";
import type { Outdated } from "./find-updates.ts";
import { type Policy, readPolicy } from "./policy.ts";
import { openRun, withItem, writeRun } from "./runs.ts";
import type { RunItem } from "./types.ts";
import { automaticActor, busy, type UpgradeOneDeps, upgradeOne } from "./upgrade-one.ts";
import { openWindow, type Window } from "./window.ts";

export interface SchedulerDeps extends UpgradeOneDeps {
  db: HostDb;
  log: Log;
  registry: Pick<Registry, "refresh">;
  outdated(): Promise<Outdated[]>;
  now(): Date;
}

export interface Scheduler {
  start(): void;
  /** Looks at once, as after a change of the policy. */
  look(): void;
  close(): Promise<void>;
}

const tickMs = 30_000;

/**
 * Every host looks at the clock; in a window, the one that gets the lead upgrades. Looked at again within a window only
 * when something changed: a catalog, the policy, what is installed.
 */
export function createScheduler(deps: SchedulerDeps): Scheduler {
  const { db, log } = deps;
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> | null = null;
  let again = false;
  let closed = false;

  function look(): void {
    if (closed) return;
    if (working) {
      again = true;
      return;
    }
    working = tick()
      .catch((error) => log.error({ err: error }, "automatic upgrades will be tried again"))
      .finally(() => {
        working = null;
        if (!again) return;
        again = false;
        look();
      });
  }

  async function tick(): Promise<void> {
    const policy = await readPolicy(db.prisma);
    const window = policy.enabled ? openWindow(policy, deps.now()) : null;
    if (!window) return;
    const lead = await tryLead(db, { waitMs: 0, duty: "upgrades" });
    if (!lead) return;
    try {
      await pass(policy, window);
    } finally {
      await lead.release();
    }
  }

  /** One look at everything that is outdated, one module after the other, until the window closes. */
  async function pass(policy: Policy, window: Window): Promise<void> {
    await deps.registry.refresh();
    const outdated = await deps.outdated();
    const run = await openRun(db, window);
    if (run.checked === fingerprint(policy, outdated)) return;
    let { items } = run;
    let complete = true;
    for (const { module } of outdated) {
      if (closed) return;
      const failed = await deps.operations.failedUpgrades();
      // An upgrade before this one may have taken it along, and its version is then another.
      const one = (await deps.outdated()).find((candidate) => candidate.module.name === module.name);
      if (!one) continue;
      if (deps.now() >= window.end) {
        complete = false;
        break;
      }
      const result = await upgradeOne(deps, one, { policy, failed });
      if (result === busy) {
        complete = false;
        continue;
      }
      // What was left for the same reason before is no news.
      const news = result.filter(
        ({ to, reason }) =>
          !items.some((one) => one.module === module.name && one.to === to && one.reason === reason),
      );
      for (const item of result) items = withItem(items, item);
      await note(items, news, window);
    }
    const checked = complete ? fingerprint(policy, await deps.outdated()) : "";
    await writeRun(db, window, { items, finished: { checked } });
  }

  async function note(items: RunItem[], result: RunItem[], window: Window): Promise<void> {
    await writeRun(db, window, { items, finished: null });
    for (const { module, title, to, outcome, reason } of result) {
      log.info({ module, to, outcome, reason }, "automatic upgrade");
      if (outcome !== "left-out") continue;
      await db.prisma.$transaction((tx) =>
        auditIn(tx, automaticActor, {
          action: "upgrades.leave-out",
          target: module,
          summary: `Left out ${title} ${to}: ${reason}`,
        }),
      );
    }
  }

  return {
    look,
    start() {
      timer = setInterval(look, tickMs);
      timer.unref();
      look();
    },
    async close() {
      closed = true;
      clearInterval(timer);
      await working;
    },
  };
}

/** Everything that a pass depends on. */
function fingerprint(policy: Policy, outdated: Outdated[]): string {
  const seen = outdated.map(({ module, versions }) => [module.digest, versions.map(({ digest }) => digest)]);
  return createHash("sha256")
    .update(JSON.stringify([policy.updatedAt, seen]))
    .digest("hex");
}
