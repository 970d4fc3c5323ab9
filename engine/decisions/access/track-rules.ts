import { isDeepStrictEqual } from "node:util";
import type { Actor, HostTx } from "../../core/index.ts";
import { recordAccessChange } from "./record-access-change.ts";
import { lockModuleRules } from "./rules.sql.ts";
import { summariseAccess } from "./summarise-access.ts";

/** See {@link Flags.trackRules}. */
export async function trackRules(tx: HostTx, modules: readonly string[]) {
  const found = await lockModuleRules(tx, modules);
  return async (actor: Actor, generation: number): Promise<void> => {
    const left = await lockModuleRules(tx, modules);
    for (const target of [...new Set([...found.keys(), ...left.keys()])].sort()) {
      const [before, after] = [found.get(target) ?? null, left.get(target) ?? null];
      if (isDeepStrictEqual(before, after)) continue;
      const summary = summariseAccess(target, after);
      await recordAccessChange(tx, actor, { target, summary, before, after, generation });
    }
  };
}
