import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type Actor, GraftError, type Log, type Problem } from "../../core/index.ts";
import type { Access } from "../../people/index.ts";
import type { Backups, BackupView } from "./types.ts";
import { type WriteBackupDeps, writeBackup } from "./write-backup.ts";

export interface BackupsDeps extends WriteBackupDeps {
  access: Pick<Access, "audit">;
  log: Log;
  toProblem(error: unknown): Problem;
}

const extension = ".tar.zst";
const fileName = /^graft-[\w-]+\.tar\.zst$/;
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
  let running: Running | null = null;
  /** Failed ones have no file; they are remembered until the next is begun. */
  let failed: BackupView | null = null;

  async function run(actor: Actor, view: BackupView, signal: AbortSignal): Promise<void> {
    const file = join(dir, view.name);
    try {
      const result = await writeBackup(deps, {
        file,
        signal,
        onProgress: (progress) => {
          view.progress = progress;
        },
      });
      const { bytes, rows, modules, generation, missing } = result;
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
      const cause = signal.aborted ? new GraftError("CONFLICT", "The backup was broken off.") : error;
      Object.assign(view, { status: "failed", error: deps.toProblem(cause), progress: null });
      failed = view;
    }
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
    const view = present(id) ?? (await viewOfFile(dir, `${id}${extension}`));
    if (view) return view;
    throw new GraftError("NOT_FOUND", `There is no backup ${id} on this host.`);
  }

  return {
    async start(actor) {
      if (running) {
        throw new GraftError("BACKUP_IN_PROGRESS", "A backup is being made already.", {
          hint: "Wait for that one.",
          retryable: true,
          details: { id: running.view.id },
        });
      }
      const startedAt = new Date().toISOString();
      const id = newId(dir, startedAt);
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
      running?.abort.abort();
      await running?.done;
    },
  };
}

async function viewOfFile(dir: string, name: string): Promise<BackupView | null> {
  const found = fileName.test(name) ? await stat(join(dir, name)).catch(() => null) : null;
  if (!found?.isFile()) return null;
  const finishedAt = found.mtime.toISOString();
  return {
    ...{ id: name.slice(0, -extension.length), name, status: "done", startedAt: startOf(name) ?? finishedAt },
    ...{ finishedAt, bytes: found.size, progress: null, error: null },
  };
}

/** `graft-20261122-233015`, in UTC; a second one in the same second gets a letter. */
function newId(dir: string, startedAt: string): string {
  const [date = "", time = ""] = startedAt.slice(0, 19).replaceAll(/[-:]/g, "").split("T");
  const taken = new Set(readdirSync(dir));
  const base = `graft-${date}-${time}`;
  for (let i = 0; ; i++) {
    const id = i === 0 ? base : `${base}-${i}`;
    if (!taken.has(`${id}${extension}`)) return id;
  }
}

function startOf(name: string): string | null {
  const parts = /^graft-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)/.exec(name);
  if (!parts) return null;
  const [, year, month, day, hour, minute, second] = parts;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
}
