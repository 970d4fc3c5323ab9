import { Argument } from "commander";
import type { AccessSetting } from "../../contract/access.ts";
import type { AuditView } from "../../contract/audit.ts";
import type { CatalogEntryView } from "../../contract/catalog.ts";
import type { RolloutView } from "../../contract/flags.ts";
import type { HealthNow, HostHealthView, ModuleHealthView } from "../../contract/health.ts";
import type { LogLine } from "../../contract/logs.ts";
import type { ModuleView } from "../../contract/modules.ts";
import type { Page } from "../../contract/page.ts";
import { type RolloutAction, rolloutActions } from "../../sdk/flags/index.ts";
import { formatAccess, parseAccess } from "../access-setting.ts";
import { type AddCommands, answer, jsonOption, query } from "../context.ts";
import { count, formatMs, formatTime, type Terminal, table } from "../terminal.ts";

/** search, list, access, health, restart, logs, audit. */
export const addLookCommands: AddCommands = (program, { terminal, client }) => {
  program
    .command("search")
    .description("what the catalogs offer")
    .argument("[query]", "words to look for")
    .option("--type <type>", "module, plugin, widget or integration")
    .option("--category <category>", "one of the categories")
    .option(...jsonOption)
    .action(async (text: string | undefined, { type, category, json }) => {
      const path = `/catalog${query({ query: text, type, category })}`;
      const found = await client().call<Page<CatalogEntryView>>("GET", path);
      answer(terminal, json, found, ({ items }) => {
        if (items.length === 0) return terminal.out("Nothing found.");
        const rows = items.map((entry) => [entry.name, entry.latest, entry.type, entry.summary]);
        return table(terminal, ["name", "latest", "type", "summary"], rows);
      });
    });

  program
    .command("list")
    .description("what is installed")
    .option(...jsonOption)
    .action(async ({ json }) => {
      const installed = await client().call<Page<ModuleView>>("GET", "/modules");
      answer(terminal, json, installed, ({ items }) => {
        if (items.length === 0) return terminal.out("Nothing is installed. Look around with `graft search`.");
        const rows = items.map((m) => [
          m.name,
          m.version,
          m.type,
          paintState(terminal, m.state),
          formatAccess(m.access),
        ]);
        return table(terminal, ["name", "version", "type", "state", "access"], rows);
      });
    });

  program
    .command("access")
    .description("show or set who gets a module or one of its widgets")
    .argument("<module[/widget]>", "polls, or polls/active for one widget")
    .argument("[setting]", "everyone, nobody, groups:KEY,KEY or 10%:KEY,KEY")
    .option(...jsonOption)
    .action(async (target: string, text: string | undefined, { json }) => {
      const [module = "", widget] = target.split("/");
      const path = `${modulePath(module)}${widget ? `/widgets/${encodeURIComponent(widget)}` : ""}/access`;
      const setting = text === undefined ? undefined : parseAccess(text);
      const api = client();
      const result =
        setting === undefined
          ? await api.call<AccessSetting | null>("GET", path)
          : await api.call<AccessSetting>("PUT", path, setting);
      answer(terminal, json, result, () => terminal.out(`${target}: ${formatAccess(setting ?? result)}`));
    });

  program
    .command("rollout")
    .description("hold a roll-out in steps, continue it, or begin its next step now")
    .addArgument(new Argument("<action>").choices(rolloutActions))
    .argument("<target>", "a flag; a widget (polls/active); with --module a module")
    .option("--module", "the target is a module: who gets it")
    .option(...jsonOption)
    .action(async (action: RolloutAction, target: string, { json, module: isModule }) => {
      const [name = "", widget] = target.split("/");
      const ofWidget = widget === undefined ? "" : `/widgets/${encodeURIComponent(widget)}`;
      const path =
        isModule || widget !== undefined
          ? `${modulePath(name)}${ofWidget}/access`
          : `/flags/${encodeURIComponent(name)}`;
      const result = await client().call<RolloutView>("POST", `${path}/rollout`, { action });
      const undo = result.changeId === null ? "" : ` Undo: POST /flag-changes/${result.changeId}/undo`;
      answer(terminal, json, result, () => terminal.out(`${target}: ${rolloutWords[action]}.${undo}`));
    });

  program
    .command("health")
    .description("how the modules are")
    .argument("[module]", "one of them")
    .option(...jsonOption)
    .action(async (module: string | undefined, { json }) => {
      const health = await client().call<HostHealthView | ModuleHealthView>(
        "GET",
        module ? `${modulePath(module)}/health` : "/health",
      );
      answer(terminal, json, health, () => showHealth(terminal, "items" in health ? health.items : [health]));
    });

  program
    .command("restart")
    .description("start a module's process anew")
    .argument("<module>")
    .option(...jsonOption)
    .action(async (module: string, { json }) => {
      const result = await client().call<unknown>("POST", `${modulePath(module)}/restart`);
      answer(terminal, json, result ?? null, () => terminal.out(`${module} was restarted.`));
    });

  program
    .command("logs")
    .description("what a module printed")
    .argument("<module>")
    .option("-n, --lines <count>", "how many of the newest lines", "200")
    .option("-f, --follow", "go on with new lines")
    .option(...jsonOption)
    .action(async (module: string, { lines, follow, json }) => {
      const path = `${modulePath(module)}/logs`;
      const print = (line: LogLine) => terminal.out(json ? JSON.stringify(line) : formatLine(terminal, line));
      if (follow) {
        for await (const line of client().events<LogLine>(`${path}${query({ limit: lines, follow: true })}`))
          print(line);
        return;
      }
      const log = await client().call<Page<LogLine>>("GET", `${path}${query({ limit: lines })}`);
      answer(terminal, json, log, ({ items }) => items.forEach(print));
    });

  program
    .command("audit")
    .description("who did what")
    .option("--query <words>", "words to look for")
    .option("-n, --limit <count>", "how many of the newest entries", "50")
    .option(...jsonOption)
    .action(async ({ query: text, limit, json }) => {
      const entries = await client().call<Page<AuditView>>("GET", `/audit${query({ query: text, limit })}`);
      answer(terminal, json, entries, ({ items }) => {
        const rows = items.map((entry) => [
          formatTime(entry.at),
          entry.actorName,
          entry.action,
          entry.summary,
        ]);
        table(terminal, ["when", "who", "action", "what"], rows);
      });
    });
};

function modulePath(module: string): string {
  return `/modules/${encodeURIComponent(module)}`;
}

function showHealth(terminal: Terminal, modules: HealthNow[]): void {
  const rows = modules.map((m) => [
    m.module,
    paintState(terminal, m.state),
    m.latencyMs === null ? "–" : formatMs(m.latencyMs),
    m.rssMb === null ? "–" : `${Math.round(m.rssMb)} MB`,
    count(m.restarts, "restart"),
    m.message ?? "",
  ]);
  table(terminal, ["module", "state", "latency", "memory", "restarts", ""], rows);
}

function paintState({ style }: Terminal, state: string): string {
  if (state === "healthy") return style("green", state);
  return state === "starting" || state === "degraded" ? style("yellow", state) : style("red", state);
}

function formatLine({ style }: Terminal, { at, stream, text }: LogLine): string {
  const time = style("dim", at.slice(11, 23));
  return `${time} ${stream === "stdout" ? text : style(stream === "host" ? "cyan" : "yellow", text)}`;
}

const rolloutWords: Record<RolloutAction, string> = {
  hold: "on hold",
  continue: "goes on",
  advance: "at its next step",
};
