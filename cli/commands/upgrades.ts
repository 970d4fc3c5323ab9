import type { Command } from "commander";
import type { Page } from "../../contract/page.ts";
import type { PolicyView, RunView, UpdatesView } from "../../contract/upgrades.ts";
import { usageError } from "../cli-error.ts";
import { type AddCommands, answer, type CommandContext, jsonOption } from "../context.ts";
import { formatTime, type Terminal, table } from "../terminal.ts";

interface SetOptions {
  off?: boolean;
  level?: string;
  days?: string;
  from?: string;
  to?: string;
  zone?: string;
  json?: boolean;
}

const week = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const path = "/upgrades/automatic";

/** outdated, and automatic upgrades: auto-upgrade show, set, exclude, include, runs. */
export const addUpgradeCommands: AddCommands = (program, context) => {
  const { terminal, client } = context;
  program
    .command("outdated")
    .description("installed modules of which a catalog offers a newer version")
    .option(...jsonOption)
    .action(async ({ json }) => {
      const updates = await client().call<UpdatesView>("GET", "/upgrades");
      answer({ terminal, json }, updates, () => showUpdates(terminal, updates));
    });

  const automatic = program
    .command("auto-upgrade")
    .description("upgrades that happen by themselves in a window");
  automatic
    .command("show")
    .description("when they may happen, and which")
    .option(...jsonOption)
    .action(async ({ json }) => {
      const policy = await client().call<PolicyView>("GET", path);
      answer({ terminal, json }, policy, () => showPolicy(terminal, policy));
    });
  automatic
    .command("set")
    .description("set the window and the level; what is not given stays, and they are on unless --off")
    .option("--off", "no automatic upgrades")
    .option("--level <level>", "patch, or minor for patch and minor versions")
    .option("--days <days>", "on which a window begins: mon,tue or every")
    .option("--from <time>", "as 02:00")
    .option("--to <time>", "as 05:00; not after --from: on the next day")
    .option("--zone <name>", "the time zone of --from and --to: Europe/Vienna")
    .option(...jsonOption)
    .action((options: SetOptions) => setPolicy(context, options));
  leaveAlone(automatic, context, { name: "exclude", text: "leave a module alone", enabled: false });
  leaveAlone(automatic, context, { name: "include", text: "take a module along again", enabled: true });
  automatic
    .command("runs")
    .description("what they did, newest window first")
    .option(...jsonOption)
    .action(async ({ json }) => {
      const runs = await client().call<Page<RunView>>("GET", `${path}/runs`);
      answer({ terminal, json }, runs, ({ items }) => showRuns(terminal, items));
    });
};

function showUpdates(terminal: Terminal, { items, unsupported }: UpdatesView): void {
  if (items.length === 0) terminal.out("Everything is up to date.");
  else {
    const rows = items.map((u) => [u.module, u.from, u.to, u.level, u.excluded ? "off" : "on"]);
    table(terminal, ["name", "installed", "newest", "level", "automatic"], rows);
  }
  for (const { module, version, graft } of unsupported)
    terminal.out(`${module} ${version} needs Graft ${graft}, which this host is not.`);
}

function leaveAlone(
  parent: Command,
  { terminal, client }: CommandContext,
  { name, text, enabled }: { name: string; text: string; enabled: boolean },
): void {
  parent
    .command(name)
    .description(text)
    .argument("<module>", "its name")
    .option(...jsonOption)
    .action(async (module: string, { json }) => {
      const target = `/modules/${encodeURIComponent(module)}/automatic-upgrades`;
      const policy = await client().call<PolicyView>("PUT", target, { enabled });
      answer({ terminal, json }, policy, () =>
        terminal.out(`Automatic upgrades are ${enabled ? "on" : "off"} for ${module}.`),
      );
    });
}

async function setPolicy({ terminal, client }: CommandContext, options: SetOptions): Promise<void> {
  const host = client();
  const { level, days, from, to, timeZone, revision } = await host.call<PolicyView>("GET", path);
  const saved = await host.call<PolicyView>("PUT", path, {
    enabled: !options.off,
    level: options.level ?? level,
    days: options.days === undefined ? days : parseDays(options.days),
    from: options.from ?? from,
    to: options.to ?? to,
    timeZone: options.zone ?? timeZone,
    revision,
  });
  answer({ terminal, json: options.json }, saved, () => showPolicy(terminal, saved));
}

function parseDays(text: string): string[] {
  if (text === "every") return week;
  const days = text.split(",").map((day) => day.trim().toLowerCase().slice(0, 3));
  const wrong = days.find((day) => !week.includes(day));
  if (wrong !== undefined) throw usageError(`"${wrong}" is not a day.`, `Use ${week.join(",")} or every.`);
  return week.filter((day) => days.includes(day));
}

function showPolicy({ out }: Terminal, policy: PolicyView): void {
  const { enabled, level, days, from, to, timeZone, excluded, open, next } = policy;
  if (!enabled) {
    out("Automatic upgrades are off.");
    return;
  }
  const what = level === "minor" ? "patch and minor versions" : "patch versions";
  const when = days.length === week.length ? "every day" : days.join(", ");
  out(`Automatic upgrades: ${what}, ${when} ${from} to ${to} (${timeZone}).`);
  if (excluded.length > 0) out(`Left alone: ${excluded.join(", ")}.`);
  if (open) out(`The window is open until ${formatTime(open.end)}.`);
  if (next) out(`The next one begins at ${formatTime(next.start)}.`);
}

function showRuns(terminal: Terminal, runs: RunView[]): void {
  const { out, style } = terminal;
  if (runs.length === 0) out("No window has been open yet.");
  for (const { startedAt, finishedAt, items } of runs) {
    out(style("bold", `${formatTime(startedAt)}${finishedAt === null ? ", going on" : ""}`));
    if (items.length === 0) out("  nothing was outdated");
    for (const { module, from, to, outcome, reason } of items)
      out(`  ${outcome} ${module} ${from} → ${to}${reason ? `: ${reason}` : ""}`);
  }
}
