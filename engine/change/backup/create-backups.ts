import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type Actor, GraftError, type Log, type Problem, type Settings } from "../../core/index.ts";
import type { Access } from "../../people/index.ts";
import { newBackupId, timeOfId } from "./backup-id.ts";
import { encryptFile, encryptionOf } from "./encryption/encryption.ts";
import { createScheduled, type ScheduledDeps } from "./schedule/create-scheduled.ts";
import type { Backups, BackupView } from "./types.ts";
import { type WriteBackupDeps, writeBackup } from "./write-backup.ts";

export interface BackupsDeps extends WriteBackupDeps, Omit<ScheduledDeps, "backup"> {
  access: Pick<Access, "audit">;
  log: Log;
  settings: Pick<Settings, "backup">;
  toProblem(error: unknown): Problem;
}

const extensions = [".tar.zst", ".tar.zst.age"] as const;
const fileName = /^(graft-[\w-]+)\.tar\.zst(\.age)?$/;
const lookMs = 150;

interface Running {
  view: BackupView;
  abort: AbortController;
  done: Promise<void>;
}

/** Backups on this host's disk, one made at a time. What a host that died left half written is removed here. */
export function createBackups(deps: BackupsDeps): Backups {
  const dir = join(deps.dataDir, "backups");
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(dir))
    if (/\.(work|partial)$/.test(name)) rmSync(join(dir, name), { recursive: true, force: true });
  const encryption = encryptionOf(deps.settings.backup);
  const extension = extensions[encryption ? 1 : 0];
  const scheduled = createScheduled({ ...deps, backup: deps.settings.backup });
  let running: Running | null = null;
  /** Failed ones have no file; they are remembered until the next is begun. */
  let failed: BackupView | null = null;

  async function run(actor: Actor, view: BackupView, signal: AbortSignal): Promise<void> {
    const file = join(dir, view.name);
    const plain = encryption ? `${file}.plain.partial` : file;
    try {
      const result = await writeBackup(deps, {
        file: plain,
        signal,
        onProgress: (progress) => {
          view.progress = progress;
        },
      });
      if (encryption) {
        await encryptFile(plain, `${file}.partial`, encryption);
        await rename(`${file}.partial`, file);
      }
      const { size: bytes } = await stat(file);
      const { rows, modules, generation, missing } = result;
      await deps.access.audit.record(actor, {
        action: "backup.create",
        target: view.name,
        summary: `Back up everything: ${modules} modules, ${rows} rows`,
        details: { bytes, rows, modules, generation, missing },
      });
      if (missing.length > 0) deps.log.warn({ missing }, "files that are listed were not there to back up");
      Object.assign(view, { status: "done", bytes, progress: null });
    } catch (error) {
      await rm(file, { force: true });
      await rm(`${file}.partial`, { force: true });
      const cause = signal.aborted ? new GraftError("CONFLICT", "The backup was broken off.") : error;
      Object.assign(view, { status: "failed", error: deps.toProblem(cause), progress: null });
      failed = view;
    }
    if (encryption) await rm(plain, { force: true });
    view.finishedAt = new Date().toISOString();
  }

  function present(id: string): BackupView | null {
    if (running?.view.id === id) return { ...running.view };
    return failed?.id === id ? { ...failed } : null;
  }
  async function list(): Promise<BackupView[]> {
    const names = (await readdir(dir)).filter((name) => fileName.test(name));
    const views = await Promise.all(names.map((name) => viewOfFile(dir, name)));
    const others = [failed, running?.view ?? null].filter((view) => view !== null);
    const known = new Set(others.map(({ name }) => name));
    const done = views.filter((view) => view !== null && !known.has(view.name)) as BackupView[];
    return [...done, ...others.map((view) => ({ ...view }))].sort((a, b) =>
      a.startedAt < b.startedAt ? 1 : -1,
    );
  }
  async function get(id: string): Promise<BackupView> {
    const stored = await Promise.all(extensions.map((end) => viewOfFile(dir, `${id}${end}`)));
    const view = present(id) ?? stored.find((found) => found !== null);
    if (view) return view;
    throw new GraftError("NOT_FOUND", `There is no backup ${id} on this host.`);
  }

  return {
    scheduled,
    async start(actor) {
      if (running) {
        throw new GraftError("BACKUP_IN_PROGRESS", "A backup is being made already.", {
          hint: "Wait for that one.",
          retryable: true,
          details: { id: running.view.id },
        });
      }
      const startedAt = new Date().toISOString();
      const id = newBackupId(
        startedAt,
        readdirSync(dir).flatMap((name) => fileName.exec(name)?.[1] ?? []),
      );
      const view: BackupView = {
        ...{ id, name: `${id}${extension}`, status: "running", startedAt, finishedAt: null },
        ...{ bytes: null, progress: null, error: null },
      };
      failed = null;
      const abort = new AbortController();
      const done = run(actor, view, abort.signal).finally(() => {
        running = null;
      });
      running = { view, abort, done };
      return { ...view };
    },
    list,
    get,
    async *watch(id, signal) {
      for (let last = ""; ; ) {
        const view = await get(id);
        const now = JSON.stringify(view);
        if (now !== last) yield view;
        last = now;
        if (view.status !== "running") return;
        await delay(lookMs, undefined, signal ? { signal } : {});
      }
    },
    async open(id) {
      const { status, name, bytes } = await get(id);
      if (status !== "done" || bytes === null)
        throw new GraftError(
          "NOT_FOUND",
          `The backup ${id} has no file${status === "running" ? " yet" : ""}.`,
        );
      return { path: join(dir, name), name, bytes };
    },
    async delete(actor, id) {
      const { name } = await get(id);
      if (running?.view.id === id) {
        running.abort.abort();
        await running.done;
      }
      if (failed?.id === id) failed = null;
      await rm(join(dir, name), { force: true });
      await deps.access.audit.record(actor, {
        action: "backup.delete",
        target: name,
        summary: `Delete the backup ${name}`,
      });
    },
    async last() {
      const { items } = await deps.access.audit.list({ action: "backup.create", limit: 1 });
      const [entry] = items;
      return entry
        ? { at: entry.at, bytes: Number(entry.details.bytes ?? 0), actorName: entry.actorName }
        : null;
    },
    async close() {
      await scheduled.close();
      running?.abort.abort();
      await running?.done;
    },
  };
}

async function viewOfFile(dir: string, name: string): Promise<BackupView | null> {
  const id = fileName.exec(name)?.[1];
  const found = id === undefined ? null : await stat(join(dir, name)).catch(() => null);
  if (id === undefined || !found?.isFile()) return null;
  const finishedAt = found.mtime.toISOString();
  return {
    ...{
      id,
      name,
      status: "done",
      startedAt: timeOfId(name).toISOString(),
    },
    ...{ finishedAt, bytes: found.size, progress: null, error: null },
  };
}
