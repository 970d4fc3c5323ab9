import type { HostDb, Listener, Log } from "../core/index.ts";
import type { Access } from "../people/index.ts";
import type { Registry } from "../supply/installed/index.ts";
import { createAccessRules } from "./access/create-access-rules.ts";
import { createUsageCounters } from "./features/count-usage.ts";
import { createFeatures } from "./features/create-features.ts";
import { openRuleStore } from "./rule-store.ts";
import type { Flags } from "./types.ts";

/**
 * Who gets what: access to modules and widgets, and flags, on one store of rules. Resolves once every rule is in
 * memory; what the registry does not list is nobody's. The listener stays the caller's to close.
 */
export async function createFlags(deps: {
  db: HostDb;
  access: Access;
  log: Log;
  listener: Listener;
  registry: Pick<Registry, "list" | "generation" | "onChange">;
}): Promise<Flags> {
  const { db, access } = deps;
  const counters = createUsageCounters(deps);
  const store = await openRuleStore({ ...deps, counters });
  const { flags: live, rules, refresh } = store;
  const accessRules = createAccessRules({ db, access, rules, flags: live, refresh });
  const features = createFeatures({ db, access, live, counters, refresh, accessRules });
  access.groups.onDelete(async (tx, key, actor) => {
    await accessRules.removeGroup(tx, actor, key);
    await features.removeGroup(tx, actor, key);
  });
  return {
    ...accessRules,
    namesGroup: (key) => ({ targets: accessRules.namingGroup(key), ...features.namesGroup(key) }),
    features,
    refresh,
    onChange: store.onChange,
    async close() {
      await store.close();
      await counters.close();
    },
  };
}
