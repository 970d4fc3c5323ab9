import { join, resolve } from "node:path";
import { type Actor, GraftError, type Log } from "../../../core/index.ts";
import type { Access } from "../../../people/index.ts";
import { type Leadership, tryLead } from "../../install/index.ts";
import { newBackupId, timeOfId } from "../backup-id.ts";
import { encryptionOf } from "../encryption/encryption.ts";
import { outdatedBackups } from "../retention.ts";
import { openSigningKey } from "../signing-key.ts";
import { openStore } from "../stores/open-store.ts";
import type { BackupScheduleView, ScheduledBackups } from "../types.ts";
import { isDue, lastDue, nextDue } from "./due.ts";
import { type MakeScheduledDeps, makeScheduled } from "./make-scheduled.ts";
import { type BackupPolicy, readPolicy, savePolicy } from "./policy.ts";
import { beginRun, endRun, failAbandoned, failRun, listRuns, markRemoved } from "./runs.ts";

export interface ScheduledDeps extends Omit<MakeScheduledDeps, "store"> {
  access: Pick<Access, "audit">;
  log: Log;
  now?(): Date;
}

const tickMs = 30_000;

/** Who makes what nobody asked for by hand. */
export const scheduleActor: Actor = { userId: null, name: "Schedule", role: "administrator", via: "system" };

/** Every host looks at the clock; the one that gets the lead makes the backup. */
export function createScheduled(deps: ScheduledDeps): ScheduledBackups {
  const { db, log, dataDir, now = () => new Date() } = deps;
  const store = openStore(deps.backup, dataDir);
  const key = openSigningKey(dataDir);
  let timer: NodeJS.Timeout | undefined;
  let running: { abort: AbortController; done: Promise<unknown> } | null = null;
  let closed = false;

  async function begin(actor: Actor, trigger: "schedule" | "person", lead: Leadership): Promise<string> {
    const startedAt = now();
    const id = newBackupId(
      startedAt.toISOString(),
      (await listRuns(db)).map((run) => run.id),
    );
    await failAbandoned(
      db,
      deps.toProblem(new GraftError("CONFLICT", "The host ended before the backup was made.")),
    );
    await beginRun(db, { id, trigger, actorName: actor.name, place: store.place, startedAt });
    const abort = new AbortController();
    const done = make(actor, id, abort.signal).finally(async () => {
      running = null;
      await lead.release();
    });
    running = { abort, done };
    return id;
  }

  async function make(actor: Actor, id: string, signal: AbortSignal): Promise<void> {
    try {
      const { rows, modules, ...result } = await makeScheduled({ ...deps, store }, { id, signal });
      await endRun(db, id, result);
      await deps.access.audit.record(actor, {
        action: "backup.create",
        target: result.name,
        summary: `Back up everything: ${modules} modules, ${rows} rows, ${result.provedAt ? "proved" : "not proved"}`,
        details: { bytes: result.bytes, rows, modules, place: store.place, proof: result.proof },
      });
      if (result.error) log.error({ id, problem: result.error }, "the backup could not be proved");
      await removeOutdated(await readPolicy(db));
    } catch (error) {
      const cause = signal.aborted ? new GraftError("CONFLICT", "The backup was broken off.") : error;
      log.error({ err: cause, id }, "the backup was not made");
      await failRun(db, id, deps.toProblem(cause)).catch((err) =>
        log.error({ err, id }, "a backup's end was not noted"),
      );
    }
  }

  /** The newest that was proved stays, whatever its age. */
  async function removeOutdated(policy: BackupPolicy): Promise<void> {
    const lastProved = (await listRuns(db)).find((run) => run.provedAt !== null && run.removedAt === null);
    const stored = (await store.list()).map(({ name }) => ({ name, at: timeOfId(name) }));
    const gone = outdatedBackups(stored, policy, (name) => name === lastProved?.name);
    for (const name of gone) await store.remove(name);
    await markRemoved(db, gone);
  }

  async function tick(): Promise<void> {
    if (closed || running) return;
    const policy = await readPolicy(db);
    if (!policy.enabled || !(await due(policy))) return;
    const lead = await tryLead(db, { waitMs: 0, duty: "backups" });
    if (!lead) return;
    // Another host may have made it meanwhile.
    if (!(await due(policy))) return lead.release();
    await begin(scheduleActor, "schedule", lead).catch(async (error) => {
      await lead.release();
      throw error;
    });
  }

  async function due(policy: BackupPolicy): Promise<boolean> {
    const attempts = (await listRuns(db)).map(({ status, startedAt }) => ({
      status,
      startedAt: new Date(startedAt),
    }));
    return isDue(policy, { attempts, since: policy.updatedAt ?? new Date(0) }, now());
  }

  async function view(): Promise<BackupScheduleView> {
    const [{ updatedAt, ...policy }, runs] = await Promise.all([readPolicy(db), listRuns(db)]);
    const proved = runs.find(({ provedAt }) => provedAt !== null);
    const [newest] = runs.filter(({ status }) => status !== "running");
    const isDueByNow = policy.enabled && lastDue(policy, now()) > (updatedAt ?? new Date(0));
    const isRecent =
      !isDueByNow || (newest !== undefined && new Date(newest.startedAt) >= lastDue(policy, now()));
    const encryption = encryptionOf(deps.backup);
    return {
      ...policy,
      updatedAt: updatedAt?.toISOString() ?? null,
      next: policy.enabled ? nextDue(policy, now()).toISOString() : null,
      place: store.place,
      onSameDisk: resolve(store.place).startsWith(join(resolve(dataDir), "/")),
      encryption: encryption === null ? "none" : "passphrase" in encryption ? "passphrase" : "recipient",
      key: key.fingerprint,
      lastProved: proved?.provedAt ? { id: proved.id, at: proved.provedAt } : null,
      isProved: newest !== undefined && newest.provedAt !== null && isRecent,
      isDue: isDueByNow,
    };
  }

  return {
    get: view,
    runs: () => listRuns(db),
    async save(actor, input) {
      await savePolicy(db, actor, input);
      return view();
    },
    async make(actor) {
      const lead = running ? null : await tryLead(db, { waitMs: 0, duty: "backups" });
      if (!lead)
        throw new GraftError("BACKUP_IN_PROGRESS", "A backup is being made already.", {
          hint: "Wait for that one.",
          retryable: true,
        });
      try {
        return { id: await begin(actor, "person", lead) };
      } catch (error) {
        await lead.release();
        throw error;
      }
    },
    async settled() {
      await running?.done;
    },
    start() {
      const look = () =>
        void tick().catch((error) => log.error({ err: error }, "scheduled backups will be tried again"));
      void db.prisma.backupKey
        .upsert({
          where: { fingerprint: key.fingerprint },
          create: { fingerprint: key.fingerprint, publicKey: key.publicKey },
          update: {},
        })
        .catch((error) => log.warn({ err: error }, "the key that signs backups was not noted"));
      timer = setInterval(look, tickMs);
      timer.unref();
      look();
    },
    async close() {
      closed = true;
      clearInterval(timer);
      running?.abort.abort();
      await running?.done;
    },
  };
}
