import { z } from "zod";
import { backupRunView, backupScheduleView, backupView } from "../../../../contract/backup.ts";
import { generationDifference, generationView } from "../../../../contract/generation.ts";
import { expired, keptDataView, retentionAnswer, retentionView } from "../../../../contract/kept-data.ts";
import { moduleDataRestored } from "../../../../contract/module-data.ts";
import { operationView } from "../../../../contract/operation.ts";
import { pageOf } from "../../../../contract/page.ts";
import { planBody, planView } from "../../../../contract/plan.ts";
import { policyView, runView, update } from "../../../../contract/upgrades.ts";
import { findBreach } from "../../api/find-breach.ts";
import type { Engine } from "../types.ts";

/**
 * Holds what the engine answers against the contract in every test that starts a host, whether or not it goes through the
 * API. Pages of the browser read the same views.
 */
export function checkViews({ plans, install, upgrades, backups }: Engine): void {
  const { operations, generations, keptData, retention, moduleData } = install;
  check(plans, { create: planView, draft: planBody, restoreData: planView, get: planView });
  check(operations, {
    ...{ apply: operationView, get: operationView, wait: operationView },
    list: pageOf(operationView),
  });
  check(generations, {
    ...{ list: pageOf(generationView), get: generationView, difference: generationDifference },
  });
  check(keptData, { list: z.array(keptDataView) });
  check(retention, {
    ...{ get: retentionView, preview: expired, set: retentionAnswer, applyDaily: expired.nullable() },
  });
  check(moduleData, { restore: moduleDataRestored });
  check(upgrades, {
    ...{ available: z.array(update), plan: planView, policy: policyView, runs: z.array(runView) },
    ...{ setPolicy: policyView, setExcluded: policyView },
  });
  check(backups, { start: backupView, list: z.array(backupView), get: backupView });
  check(backups.scheduled, {
    ...{ get: backupScheduleView, save: backupScheduleView, runs: z.array(backupRunView) },
  });
}

function check<Room extends object>(
  room: Room,
  contracts: Partial<Record<keyof Room & string, z.ZodType>>,
): void {
  for (const [name, contract] of Object.entries<z.ZodType | undefined>(contracts)) {
    const call: unknown = Reflect.get(room, name);
    if (contract === undefined || typeof call !== "function") throw new Error(`There is no ${name}.`);
    const checked = async (...args: unknown[]) => {
      const value: unknown = await Reflect.apply(call, room, args);
      const breach = findBreach(contract, value);
      if (breach !== null) throw new Error(`What ${name} answers is not what its contract says. ${breach}`);
      return value;
    };
    Reflect.set(room, name, checked);
  }
}
