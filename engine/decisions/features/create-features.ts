import type { FlagDefinition } from "../../../contract/flags.ts";
import type { HostDb } from "../../core/index.ts";
import type { Access } from "../../people/index.ts";
import type { AccessRules } from "../access/create-access-rules.ts";
import type { FeatureFlags } from "../types.ts";
import { createFlagChanges, type FlagChanges } from "./change-flags.ts";
import { createFlagChecks } from "./check-flags.ts";
import type { UsageCounters } from "./count-usage.ts";
import { evaluateFlags } from "./evaluate-flags.ts";
import { exportDocument, readDocument } from "./flagd-document.ts";
import type { LiveFlags } from "./live-flags.ts";
import { planImport, refuseProblems } from "./plan-import.ts";
import { createFlagPreviews } from "./preview-flags.ts";
import { readHistory } from "./read-history.ts";
import { readArchiveProposals, readUsage } from "./read-usage.ts";
import { namingGroup } from "./remove-group.ts";

export interface Features extends FeatureFlags, Pick<FlagChanges, "removeGroup"> {
  /** Flags and shared evaluators whose rules ask for a group. */
  namesGroup(group: string): { flags: string[]; evaluators: string[] };
}

/** Typed values by user, on flags that are in memory. */
export function createFeatures(deps: {
  db: HostDb;
  access: Access;
  live: LiveFlags;
  counters: UsageCounters;
  /** Resolves once what was written is in memory. */
  refresh: () => Promise<void>;
  accessRules: Pick<AccessRules, "write">;
}): Features {
  const { db, access, live, counters } = deps;
  const checks = createFlagChecks(live);
  const changes = createFlagChanges({ ...deps, checks });
  const { previewOne, ...previews } = createFlagPreviews({ directory: access.directory, live, checks });
  const planned = (text: string) =>
    planImport(text, {
      definitionOf: live.definitionOf,
      evaluators: live.stored.evaluators,
      checkTogether: checks.checkTogether,
      check: checks.checkOne,
      preview: previewOne,
    });

  return {
    ...evaluateFlags(live, counters),
    ...changes,
    ...previews,
    list: () => live.all.map(({ key }) => live.requireView(key)),
    get: live.view,
    evaluators: live.evaluators,
    history: (query) => readHistory(db, query),
    usage: (key, days = 30) => readUsage({ db, counters }, key, days),
    archiveProposals: (days = 30) =>
      readArchiveProposals(
        { db, access, counters },
        live.all.map((flag) => ({
          view: live.requireView(flag.key),
          compiled: flag,
          createdAt: live.stored.flags.get(flag.key)?.createdAt ?? null,
        })),
        days,
      ),
    exportDocument() {
      const flags = live.all.map(({ key }) => ({
        key,
        definition: live.stored.flags.get(key)?.archived
          ? (live.find(key) as FlagDefinition)
          : (live.definitionOf(key) as FlagDefinition),
      }));
      return exportDocument(flags, live.stored.evaluators, live.find);
    },
    readDocument,
    planImport: (text) => planned(text).plan,
    async importDocument(actor, text) {
      const { plan, flags, evaluators } = planned(text);
      refuseProblems(plan);
      await changes.save(actor, flags, { evaluators });
      return plan;
    },
    namesGroup: (group) => ({
      flags: namingGroup(
        [...live.stored.flags].map(([key, row]) => [key, row.definition.targeting]),
        group,
      ),
      evaluators: namingGroup(Object.entries(live.stored.evaluators), group),
    }),
  };
}
