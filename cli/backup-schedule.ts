import type { Command } from "commander";
import type { BackupRunView, BackupScheduleView } from "../contract/backup.ts";
import type { Page } from "../contract/page.ts";
import { usageError } from "./cli-error.ts";
import { answer, type CommandContext, jsonOption } from "./context.ts";
import { formatBytes, formatTime, type Terminal, table } from "./terminal.ts";

interface SetOptions {
  off?: boolean;
  at?: string;
  zone?: string;
  days?: string;
  weeks?: string;
  months?: string;
  json?: boolean;
}

const path = "/scheduled-backups";

/** backup schedule show, set, runs, now: backups that are made by themselves. */
export function addScheduleCommands(backup: Command, context: CommandContext): void {
  const { terminal, client } = context;
  const schedule = backup.command("schedule").description("backups that are made by themselves, once a day");
  schedule
    .command("show")
    .description("when, where to, how many are kept, and when the last one was proved")
    .option(...jsonOption)
    .action(async ({ json }) => {
      const view = await client().call<BackupScheduleView>("GET", `${path}/schedule`);
      answer({ terminal, json }, view, () => showSchedule(terminal, view));
    });
  schedule
    .command("set")
    .description("what is not given stays, and they are on unless --off")
    .option("--off", "no scheduled backups")
    .option("--at <time>", "as 02:30")
    .option("--zone <name>", "the time zone of --at: Europe/Vienna")
    .option("--days <n>", "how many days keep their newest one")
    .option("--weeks <n>", "how many weeks do")
    .option("--months <n>", "how many months do")
    .option(...jsonOption)
    .action((options: SetOptions) => setSchedule(context, options));
  schedule
    .command("runs")
    .description("what was made, newest first, and whether each was proved")
    .option(...jsonOption)
    .action(async ({ json }) => {
      const runs = await client().call<Page<BackupRunView>>("GET", path);
      answer({ terminal, json }, runs, ({ items }) => showRuns(terminal, items));
    });
  schedule
    .command("now")
    .description("make one as the schedule would: proved, and put where the others are")
    .option(...jsonOption)
    .action(async ({ json }) => {
      const made = await client().call<{ id: string }>("POST", path);
      answer({ terminal, json }, made, ({ id }) =>
        terminal.out(`${id} is being made; \`graft backup schedule runs\` shows how it ends.`),
      );
    });
}

async function setSchedule({ client, terminal }: CommandContext, options: SetOptions): Promise<void> {
  const before = await client().call<BackupScheduleView>("GET", `${path}/schedule`);
  const { at, zone, off, json } = options;
  const view = await client().call<BackupScheduleView>("PUT", `${path}/schedule`, {
    enabled: !off,
    at: at ?? before.at,
    timeZone: zone ?? before.timeZone,
    days: numberOf("--days", options.days) ?? before.days,
    weeks: numberOf("--weeks", options.weeks) ?? before.weeks,
    months: numberOf("--months", options.months) ?? before.months,
    revision: before.revision,
  });
  answer({ terminal, json }, view, () => showSchedule(terminal, view));
}

function numberOf(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,4}$/.test(text)) throw usageError(`${option} takes a number, not ${JSON.stringify(text)}.`);
  return Number(text);
}

function showSchedule({ out, style }: Terminal, view: BackupScheduleView): void {
  const { enabled, at, timeZone, days, weeks, months, place, encryption, next, lastProved, isProved } = view;
  out(
    enabled ? `Daily at ${at} (${timeZone}), next ${formatTime(next ?? "")}.` : "Scheduled backups are off.",
  );
  out(`Into ${place}, ${encryption === "none" ? "not encrypted" : `encrypted (${encryption})`}.`);
  out(`The newest of each of ${days} days, ${weeks} weeks and ${months} months is kept.`);
  if (view.onSameDisk) out(`${style("yellow", "!")} They are on the disk of this host; set GRAFT_BACKUP_TO.`);
  out(`Signed with ${view.key}.`);
  if (lastProved) {
    const mark = isProved ? style("green", "✓") : style("yellow", "!");
    out(`${mark} The last one that was proved is of ${formatTime(lastProved.at)}.`);
  } else out(`${style("yellow", "!")} None has been proved yet.`);
}

function showRuns(terminal: Terminal, runs: BackupRunView[]): void {
  if (runs.length === 0) {
    terminal.out("None has been made yet.");
    return;
  }
  const rows = runs.map((run) => [
    formatTime(run.startedAt),
    run.name ?? run.id,
    run.bytes === null ? "" : formatBytes(run.bytes),
    outcomeOf(run),
  ]);
  table(terminal, ["made", "file", "size", "result"], rows);
}

function outcomeOf({ status, provedAt, removedAt, error }: BackupRunView): string {
  const why = error ? `: ${error.detail}` : "";
  if (status !== "done") return `${status}${why}`;
  if (removedAt !== null) return "removed";
  return provedAt === null ? `not proved${why}` : "proved";
}
