import { createWriteStream, existsSync } from "node:fs";
import { access, rename, rm, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Command } from "commander";
import type { BackupView } from "../../contract/backup.ts";
import type { Page } from "../../contract/page.ts";
import { addScheduleCommands } from "../backup-schedule.ts";
import { apiError, isApiError, usageError } from "../cli-error.ts";
import type { Client } from "../client.ts";
import { type AddCommands, answer, type CommandContext, jsonOption } from "../context.ts";
import { type BackupManifest, runRestore } from "../run-restore.ts";
import { createProgressLine, type Progress } from "../show-progress.ts";
import { count, formatBytes, formatTime, table } from "../terminal.ts";

/** backup, backup verify, list, delete, and restore: the whole system in one file. */
export const addBackupCommands: AddCommands = (program, context) => {
  const backup = program
    .command("backup")
    .description("write everything into one file, while the host runs")
    .argument("<file>", "where to; it must not be there yet")
    .option("--json", "print progress and the result as lines of JSON")
    .action((file: string, options: { json?: boolean }) => makeBackup(context, file, options));
  backup
    .command("verify")
    .description("check a backup against its checksums and its signature; needs no host")
    .argument("<file>", "a backup")
    .option("--restore", "restore it into databases that are removed again, and compare every table")
    .option(...keyOption)
    .option("--json", "print what it holds as JSON")
    .action(async (file: string, { json, restore, key }: VerifyOptions) => {
      const what = restore ? "prove" : "verify";
      const manifest = await verify(withKey(context, key), resolve(context.cwd, file), { json, what });
      const heading = restore ? `${file} was restored, and everything came back` : `${file} is whole`;
      answer({ terminal: context.terminal, json }, manifest, () => showManifest(context, heading, manifest));
    });
  addStored(backup, context);
  addScheduleCommands(backup, context);
  program
    .command("restore")
    .description("the system of a backup, onto an empty data directory and database; no host may run there")
    .argument("<file>", "a backup")
    .option("-y, --yes", "restore without asking")
    .option(...keyOption)
    .option("--json", "print progress and the result as lines of JSON")
    .action((file: string, { key, ...options }: { yes?: boolean; json?: boolean; key?: string }) =>
      restore(withKey(context, key), file, options),
    );
};

/** Those that the browser made, on the host's own disk. */
function addStored(backup: Command, { terminal, client }: CommandContext): void {
  backup
    .command("list")
    .description("backups on the host's disk, newest first")
    .option(...jsonOption)
    .action(async ({ json }) => {
      const found = await client().call<Page<BackupView>>("GET", "/backups");
      answer({ terminal, json }, found, ({ items }) => {
        const rows = items.map(({ id, status, startedAt, bytes }) => [
          ...[id, status, formatTime(startedAt)],
          bytes === null ? "" : formatBytes(bytes),
        ]);
        table(terminal, ["id", "state", "begun", "size"], rows);
      });
    });
  backup
    .command("delete")
    .description("delete one from the host's disk, or break off the one that is being made")
    .argument("<id>", "see `graft backup list`")
    .action(async (id: string) => {
      await client().call("DELETE", `/backups/${encodeURIComponent(id)}`);
      terminal.out(`${id} was deleted.`);
    });
}

interface VerifyOptions {
  restore?: boolean;
  key?: string;
  json?: boolean;
}

const keyOption = [
  "--key <fingerprint>",
  "refuse it unless it is signed with this key, which Data shows on the host that made it",
] as const;

const withKey = (context: CommandContext, key: string | undefined): CommandContext =>
  key === undefined ? context : { ...context, env: { ...context.env, GRAFT_BACKUP_KEY: key } };

/** Progress for people as one line, for machines as lines of JSON. */
function reporter({ terminal }: CommandContext, json: boolean | undefined) {
  const show = createProgressLine(terminal);
  return (progress: Progress | null) => {
    if (!json) show(progress);
    else if (progress) terminal.out(JSON.stringify({ progress }));
  };
}

async function makeBackup(
  context: CommandContext,
  path: string,
  { json }: { json?: boolean },
): Promise<void> {
  const { terminal, cwd } = context;
  const file = resolve(cwd, path);
  if (existsSync(file))
    throw usageError(`${file} is there already.`, "Choose another name, or remove it first.");
  await access(dirname(file)).catch(() => {
    throw usageError(`There is no folder ${dirname(file)}.`);
  });
  const report = reporter(context, json);
  const client = context.client();
  const { id } = await client.call<BackupView>("POST", "/backups");
  try {
    const made = await follow(client, id, report);
    await download(client, made, { file, report });
  } finally {
    report(null);
    // The file was made for this command alone.
    await client.call("DELETE", `/backups/${id}`).catch(() => {});
  }
  const { size: bytes } = await stat(file);
  const manifest = await verify(context, file, { json }).catch((error: unknown) => {
    // Encrypted for a key that is kept elsewhere, as it should be.
    if (isApiError(error) && error.body.code === "BACKUP_LOCKED") return null;
    throw error;
  });
  if (json) terminal.out(JSON.stringify({ backup: { file, bytes, ...manifest } }));
  else if (manifest) showManifest(context, `${file}: ${formatBytes(bytes)}, checked`, manifest);
  else terminal.out(`${file}: ${formatBytes(bytes)}, encrypted; verify it where its key is.`);
}

async function follow(client: Client, id: string, report: (progress: Progress) => void): Promise<BackupView> {
  for await (const view of client.events<BackupView>(`/backups/${id}`)) {
    if (view.progress) report(view.progress);
    if (view.status === "done") return view;
    if (view.status === "failed" && view.error) throw apiError(view.error);
  }
  const end = await client.call<BackupView>("GET", `/backups/${id}`);
  if (end.status === "done") return end;
  throw apiError(
    end.error ?? { status: 503, code: "HOST_UNREACHABLE", detail: "The host ended before the backup." },
  );
}

/** Appears under its name whole or not at all. */
async function download(
  client: Client,
  made: BackupView,
  { file, report }: { file: string; report: (progress: Progress) => void },
) {
  const partial = `${file}.partial`;
  const bytesTotal = made.bytes ?? 0;
  let bytesDone = 0;
  try {
    const body = await client.download(`/backups/${made.id}/file`);
    const counter = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        bytesDone += chunk.length;
        report({ phase: "download", module: null, bytesDone, bytesTotal, modulesDone: 0, modulesTotal: 0 });
        done(null, chunk);
      },
    });
    await pipeline(body, counter, createWriteStream(partial, { flags: "wx", mode: 0o600, flush: true }));
    if (bytesDone !== bytesTotal) throw new Error(`the host sent ${bytesDone} of ${bytesTotal} bytes`);
    await rename(partial, file);
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    if (code !== "EEXIST") await rm(partial, { force: true });
    if (code === "ENOSPC" || code === "EDQUOT" || code === "EFBIG")
      throw apiError({
        status: 507,
        code: "DISK_FULL",
        detail: `There is no space left for ${file}.`,
        hint: "Make space there, then try again.",
      });
    if (code === "EEXIST" || code === "EACCES" || code === "EROFS")
      throw usageError(`${partial} cannot be written (${code}).`);
    throw (error as Error).name === "ApiError" ? error : new Error(`The download broke off: ${message}`);
  }
}

async function verify(
  context: CommandContext,
  file: string,
  { json, what = "verify" }: { json?: boolean | undefined; what?: "verify" | "prove" },
): Promise<BackupManifest> {
  const show = createProgressLine(context.terminal);
  try {
    return await runRestore(context, { what, file }, (progress) => json || show(progress));
  } finally {
    show(null);
  }
}

async function restore(
  context: CommandContext,
  path: string,
  { yes, json }: { yes?: boolean; json?: boolean },
): Promise<void> {
  const { terminal, cwd, env } = context;
  const file = resolve(cwd, path);
  if (!yes) {
    const manifest = await verify(context, file, { json });
    showManifest(context, `${file} is whole`, manifest);
    const where = env.GRAFT_DATA_DIR ?? ".graft";
    const database =
      env.DATABASE_URL || env.DATABASE_URL_FILE ? "the database of DATABASE_URL" : "its own PostgreSQL";
    const reply = await terminal.ask(
      `\nRestore it into ${where} and ${database}? Both must be empty. [y/N] `,
    );
    if (reply === null) throw usageError("Nobody is here to confirm the restore.", "Add --yes.");
    if (!/^y(es)?$/i.test(reply.trim())) {
      terminal.err("Nothing was changed.");
      return context.exitWith(1);
    }
  }
  const report = reporter(context, json);
  const manifest = await runRestore(context, { what: "restore", file }, report).finally(() => report(null));
  if (json) terminal.out(JSON.stringify({ restored: manifest }));
  else {
    showManifest(context, "Restored", manifest);
    terminal.out("Start it with `npm start`.");
  }
}

function showManifest({ terminal }: CommandContext, heading: string, manifest: BackupManifest): void {
  const { modules, createdAt, version, generation, postgres, signedBy, isOwn, proof } = manifest;
  const kept = modules.filter(({ state }) => state === "kept").length;
  const keptText = kept > 0 ? `, ${kept} of them kept data` : "";
  terminal.out(`${terminal.style("green", "✓")} ${heading}.`);
  terminal.out(
    terminal.style(
      "dim",
      `  ${formatTime(createdAt)}, Graft ${version}, PostgreSQL ${postgres}, generation ${generation}, data of ${count(modules.length, "module")}${keptText}`,
    ),
  );
  const dim = (text: string) => terminal.out(terminal.style("dim", `  ${text}`));
  if (proof) dim(`${count(proof.tables, "table")} and ${count(proof.rows, "row")} compared`);
  for (const name of proof?.notValid ?? [])
    terminal.out(`  ${terminal.style("yellow", "!")} ${name} does not hold for its rows any more`);
  if (signedBy === null) dim("not signed");
  else if (signedBy !== undefined)
    dim(
      `signed with ${signedBy} (${isOwn ? "this host's own" : "compare it with what Data shows on the host that made it"})`,
    );
}
