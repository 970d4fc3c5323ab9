import type { AuditView } from "../../contract/audit.ts";
import type { CatalogEntryView, CatalogModuleView } from "../../contract/catalog.ts";
import type { HealthNow, HostHealthView, ModuleHealthView } from "../../contract/health.ts";
import type { LogLine } from "../../contract/logs.ts";
import type { ModuleDetailView, ModuleView } from "../../contract/modules.ts";
import type { Page } from "../../contract/page.ts";
import { formatAccess } from "../access-setting.ts";
import { isApiError, usageError } from "../cli-error.ts";
import { type AddCommands, answer, jsonOption, query } from "../context.ts";
import { count, formatMs, formatTime, type Terminal, table } from "../terminal.ts";

/** search, show, list, health, restart, time-limit, logs, audit. */
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
      answer({ terminal, json }, found, ({ items }) => {
        if (items.length === 0) return terminal.out("Nothing found.");
        const rows = items.map((entry) => [entry.name, entry.latest, entry.type, entry.summary]);
        table(terminal, ["name", "latest", "type", "summary"], rows);
        for (const { name, unsupported } of items)
          if (unsupported !== null)
            terminal.out(
              `${name} ${unsupported.version} needs Graft ${unsupported.graft}, which this host is not.`,
            );
      });
    });

  program
    .command("show")
    .description("one module: what is installed of it, and what the catalogs offer")
    .argument("<module>")
    .option(...jsonOption)
    .action(async (module: string, { json }) => {
      const api = client();
      // Either may be missing: what a catalog offers is not installed, and its catalog may be gone.
      const offered = await orNull(
        api.call<CatalogModuleView>("GET", `/catalog/${encodeURIComponent(module)}`),
      );
      const installed = await orNull(api.call<ModuleDetailView>("GET", modulePath(module)));
      if (offered === null && installed === null)
        throw usageError(
          `There is no module ${module}.`,
          "`graft search` and `graft list` show what there is.",
        );
      answer({ terminal, json }, { installed, offered }, () => showModule(terminal, installed, offered));
    });

  program
    .command("list")
    .description("what is installed")
    .option(...jsonOption)
    .action(async ({ json }) => {
      const installed = await client().call<Page<ModuleView>>("GET", "/modules");
      answer({ terminal, json }, installed, ({ items }) => {
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
    .command("health")
    .description("how the modules are")
    .argument("[module]", "one of them")
    .option(...jsonOption)
    .action(async (module: string | undefined, { json }) => {
      const health = await client().call<HostHealthView | ModuleHealthView>(
        "GET",
        module ? `${modulePath(module)}/health` : "/health",
      );
      answer({ terminal, json }, health, () =>
        showHealth(terminal, "items" in health ? health.items : [health]),
      );
    });

  program
    .command("restart")
    .description("start a module's process anew")
    .argument("<module>")
    .option(...jsonOption)
    .action(async (module: string, { json }) => {
      const result = await client().call<unknown>("POST", `${modulePath(module)}/restart`);
      answer({ terminal, json }, result ?? null, () => terminal.out(`${module} was restarted.`));
    });

  program
    .command("time-limit")
    .description("how long the gateway waits until an answer of a module begins")
    .argument("<module>")
    .argument("<seconds>", "1 to 3600, or manifest for what the module's manifest says")
    .option(...jsonOption)
    .action(async (module: string, text: string, { json }) => {
      const timeoutMs = text === "manifest" ? null : Math.round(Number(text) * 1000);
      if (timeoutMs !== null && !(timeoutMs >= 1000 && timeoutMs <= 3_600_000))
        throw usageError(`"${text}" is not a time limit.`, "Use seconds, 1 to 3600, or manifest.");
      const result = await client().call<ModuleView>("PUT", `${modulePath(module)}/time-limit`, {
        timeoutMs,
      });
      answer({ terminal, json }, result, () =>
        terminal.out(timeoutMs === null ? `${module}: as its manifest says.` : `${module}: ${text} s.`),
      );
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
      answer({ terminal, json }, log, ({ items }) => items.forEach(print));
    });

  program
    .command("audit")
    .description("who did what")
    .option("--query <words>", "words to look for")
    .option("-n, --limit <count>", "how many of the newest entries", "50")
    .option(...jsonOption)
    .action(async ({ query: text, limit, json }) => {
      const entries = await client().call<Page<AuditView>>("GET", `/audit${query({ query: text, limit })}`);
      answer({ terminal, json }, entries, ({ items }) => {
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

async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  return answer.catch((error: unknown) => {
    if (isApiError(error) && error.body.status === 404) return null;
    throw error;
  });
}

function showModule(
  terminal: Terminal,
  installed: ModuleDetailView | null,
  offered: CatalogModuleView | null,
): void {
  const { title, summary, publisher } = (offered ?? installed) as CatalogModuleView | ModuleDetailView;
  terminal.out(`${terminal.style("bold", title)}, by ${publisher}: ${summary}`);
  if (installed === null) terminal.out("Not installed.");
  else {
    const { version, state, access, widgets } = installed;
    terminal.out(`Installed: ${version}, ${paintState(terminal, state)}, for ${formatAccess(access)}.`);
    for (const widget of widgets) terminal.out(`  widget ${widget.id}: ${formatAccess(widget.access)}`);
  }
  if (offered !== null) terminal.out(`Offered: ${offered.versions.map(({ version }) => version).join(", ")}`);
}

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
