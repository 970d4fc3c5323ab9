import type { ArchiveProposal, FlagUsage, FlagView } from "../../../contract/flags.ts";
import type { Identity } from "../../people/index.ts";
import type { CompiledFlag } from "../targeting/compile-flag.ts";
import { contextOf } from "../targeting/context-of.ts";

const dayMs = 86_400_000;

/**
 * Flags that could go. A flag that a module declares and nobody changed is the module's business; one that others
 * require is in use; one that was written a short while ago had no time to be used.
 */
export function proposeArchive(options: {
  flags: readonly { view: FlagView; compiled: CompiledFlag; createdAt: string | null }[];
  usage: ReadonlyMap<string, FlagUsage>;
  users: readonly Identity[];
  days: number;
  now?: number;
}): ArchiveProposal[] {
  const { usage, users, days, now = Date.now() } = options;
  const longAgo = (at: string | null) => at !== null && now - Date.parse(at) >= days * dayMs;
  const proposals: ArchiveProposal[] = [];
  for (const { view, compiled, createdAt } of options.flags) {
    if (view.archived || view.requiredBy.length > 0 || (view.module !== null && !view.changed)) continue;
    const reasons: ArchiveProposal["reasons"] = [];
    const evidence: string[] = [];
    const used = usage.get(view.key);
    if (used === undefined && longAgo(createdAt)) {
      reasons.push("unused");
      evidence.push(`Nobody asked for it in ${days} days.`);
    }
    const only = longAgo(view.updatedAt) ? onlyVariant(compiled, users) : null;
    if (only !== null) {
      reasons.push("same");
      const times = (used?.asked ?? 0) + (used?.sent ?? 0);
      const asked = times === 0 ? "" : `; it was asked for ${times === 1 ? "once" : `${times} times`}`;
      evidence.push(`All ${users.length} users get ${only}, unchanged for ${days} days${asked}.`);
    }
    if (view.orphanOf !== null) {
      reasons.push("orphan");
      evidence.push(`Its module ${view.orphanOf} is not installed or declares it no longer.`);
    }
    if (reasons.length > 0) proposals.push({ key: view.key, reasons, evidence });
  }
  return proposals;
}

/** What every user gets; null as soon as two get something else. */
function onlyVariant(flag: CompiledFlag, users: readonly Identity[]): string | null {
  let first: string | undefined;
  for (const [i, user] of users.entries()) {
    const variant = flag.evaluate(contextOf(user)).evaluation.variant ?? "the value in the code";
    if (i > 0 && variant !== first) return null;
    first = variant;
  }
  return first ?? null;
}
