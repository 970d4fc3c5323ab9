import { setTimeout as delay } from "node:timers/promises";
import { GraftError, type HostDb } from "../../core/index.ts";
import { type Leadership, tryLead } from "./leader.ts";

const lookAgainMs = 250;

/**
 * Runs `work` while nothing is installed, changed or removed, by any host of this database. Waits for a change that is
 * going on. @throws OPERATION_IN_PROGRESS after `waitMs`, or when a change was broken off and awaits its recovery
 */
export async function withoutRunningOperation<T>(
  db: HostDb,
  options: { waitMs: number; signal?: AbortSignal },
  work: () => Promise<T>,
): Promise<T> {
  const lead = await leadWithin(db, options);
  try {
    const unfinished = await db.prisma.operation.count({ where: { finishedAt: null } });
    if (unfinished > 0) throw busy("An earlier change was broken off and is not finished yet.");
    return await work();
  } finally {
    await lead.release();
  }
}

/** As long as somebody waits for an answer. */
const patienceMs = 30_000;

/**
 * The lead for what a person asks for. What holds it and is no operation (cleaning the store, trying again what needs attention,
 * another module's new settings) is waited for, so that nobody is refused because of it. Null: an operation runs, or it took too long.
 */
export async function awaitLead(db: HostDb): Promise<Leadership | null> {
  for (const until = performance.now() + patienceMs; ; ) {
    const lead = await tryLead(db);
    if (lead) return lead;
    const running = await db.prisma.operation.count({ where: { finishedAt: null } });
    if (running > 0 || performance.now() >= until) return null;
  }
}

async function leadWithin(
  db: HostDb,
  { waitMs, signal }: { waitMs: number; signal?: AbortSignal },
): Promise<Leadership> {
  for (const until = performance.now() + waitMs; ; ) {
    const lead = await tryLead(db);
    if (lead) return lead;
    if (performance.now() >= until) throw busy("Another change is being applied right now.");
    await delay(lookAgainMs, undefined, signal ? { signal } : {});
  }
}

function busy(message: string): GraftError {
  return new GraftError("OPERATION_IN_PROGRESS", message, {
    hint: "Try again when it is finished; Operations shows how far it is.",
    retryable: true,
  });
}
