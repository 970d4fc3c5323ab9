import type { Actor, HostTx } from "../../core/index.ts";
import { auditIn } from "../../people/index.ts";
import type { FeatureFlags } from "../types.ts";
import { type FlagAfter, notifyFlags, writeFlag } from "./flags.sql.ts";

/** Null takes the flag away. */
export type FlagWrite = [key: string, after: FlagAfter, summary: string];
export type FlagGuard = Parameters<FeatureFlags["guard"]>[0];

/** In somebody's transaction, with history and audit; answers the ids of the changes, in the order of keys. */
export async function writeFlags(
  tx: HostTx,
  actor: Actor,
  {
    changes,
    ...options
  }: {
    changes: readonly FlagWrite[];
    declaredBy: (key: string) => string | null;
    guards: readonly FlagGuard[];
  },
): Promise<string[]> {
  const ids: string[] = [];
  // In one order everywhere, so that two writers of the same flags wait instead of blocking each other.
  for (const [key, wanted, summary] of changes.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const declaredBy = options.declaredBy(key);
    const { id, after } = await writeFlag(tx, actor, { key, after: wanted, summary, declaredBy });
    // Only now the flag is locked: nobody who is asked can be overtaken by another writer.
    for (const guard of options.guards) await guard(tx, key, after);
    if (id === null) continue;
    ids.push(id);
    const action = after === null ? "flag.remove" : "flag.save";
    await auditIn(tx, actor, { action, target: key, summary });
  }
  await notifyFlags(tx);
  return ids;
}
