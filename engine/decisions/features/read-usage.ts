import type { ArchiveProposal, FlagUsage } from "../../../contract/flags.ts";
import type { HostDb } from "../../core/index.ts";
import type { Access } from "../../people/index.ts";
import type { UsageCounters } from "./count-usage.ts";
import { proposeArchive } from "./propose-archive.ts";
import { selectUsage } from "./usage.sql.ts";

interface UsageDeps {
  db: HostDb;
  counters: UsageCounters;
}

/** Of every host, and of this one what is not written yet. */
export async function readUsage({ db, counters }: UsageDeps, key: string, days: number): Promise<FlagUsage> {
  const found = await selectUsage(db.pool, days, key);
  const { asked, sent } = counters.of(key);
  const { asked: told, sent: handed, lastAt } = found.get(key) ?? { asked: 0, sent: 0, lastAt: null };
  const since = asked + sent > 0 ? new Date().toISOString() : lastAt;
  return { asked: told + asked, sent: handed + sent, lastAt: since };
}

/** What could go, with the evidence of `days`. */
export async function readArchiveProposals(
  deps: UsageDeps & { access: Access },
  flags: Parameters<typeof proposeArchive>[0]["flags"],
  days: number,
): Promise<ArchiveProposal[]> {
  // What this host was asked a moment ago is evidence too.
  await deps.counters.flush();
  const usage = await selectUsage(deps.db.pool, days);
  const users = [...deps.access.directory.identities()].filter(({ enabled }) => enabled);
  return proposeArchive({ flags, usage, users, days });
}
