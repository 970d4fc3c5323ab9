import { randomUUID } from "node:crypto";
import { accessSync, constants, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import type { AttentionView } from "../../contract/attention.ts";
import type { HostHealthView } from "../../contract/health.ts";
import type { IsolationView } from "../../contract/isolation.ts";
import type { ReadyView } from "../../contract/meta.ts";
import type { Page } from "../../contract/page.ts";
import type { Problem } from "../../contract/problem.ts";
import type { Settings } from "../../engine/core/settings.ts";
import { createClient } from "../client.ts";
import { type AddCommands, answer, type CommandContext } from "../context.ts";
import { findHost, type HostAddress } from "../find-host.ts";

interface Check {
  name: string;
  ok: boolean;
  message: string;
  hint?: string;
  /** Nothing is broken, and somebody should know. */
  warning?: true;
}

/** doctor: is everything well, and if not, what to do. */
export const addDoctorCommand: AddCommands = (program, context) => {
  program
    .command("doctor")
    .description("check this machine, the host and its modules")
    .option("--json", "print the checks as JSON")
    .action(async ({ json }) => {
      const checks = await runChecks(context);
      answer({ terminal: context.terminal, json }, { checks }, () => show(context, checks));
      if (checks.some(({ ok }) => !ok)) context.exitWith(1);
    });
};

async function runChecks({ env, cwd }: CommandContext): Promise<Check[]> {
  const checks: Check[] = [checkNode()];
  const host = findHost(env, cwd);
  // Beside a host elsewhere this machine's own settings say nothing.
  if (host?.source !== "GRAFT_URL") {
    const settings = await readSettings(env, cwd, host);
    checks.push(settings.check);
    if (settings.value) checks.push(checkDataDir(settings.value), await checkPort(settings.value, host));
  }
  if (!host) {
    const hint = "Start it with `npm start`, or set GRAFT_URL and GRAFT_TOKEN.";
    return [...checks, { name: "host", ok: false, message: "no running host was found", hint }];
  }
  return [...checks, ...(await checkHost(host))];
}

function checkNode(): Check {
  const ok = Number(process.versions.node.split(".")[0]) >= 24;
  return {
    name: "node",
    ok,
    message: process.version,
    ...(ok ? {} : { hint: "Node.js 24 comes with `npm install`." }),
  };
}

async function readSettings(env: CommandContext["env"], cwd: string, host: HostAddress | null) {
  // Run in a folder below, the host's data directory is the one that was found.
  const dataDir = host && !env.GRAFT_DATA_DIR ? { GRAFT_DATA_DIR: dirname(host.source) } : {};
  try {
    const { loadSettings } = await import("../../engine/core/settings.ts");
    const value = loadSettings({ ...env, ...dataDir }, cwd);
    const database = value.databaseUrl ? "PostgreSQL from DATABASE_URL" : "embedded PostgreSQL";
    const check: Check = { name: "settings", ok: true, message: database };
    return { value, check };
  } catch (error) {
    const { message, hint } = error as { message: string; hint?: string };
    const check: Check = { name: "settings", ok: false, message, ...(hint ? { hint } : {}) };
    return { value: null, check };
  }
}

function checkDataDir({ dataDir }: Settings): Check {
  const name = "data directory";
  const probe = join(dataDir, `.doctor-${randomUUID()}`);
  try {
    accessSync(dataDir, constants.R_OK | constants.W_OK);
    writeFileSync(probe, "", { flag: "wx" });
    return { name, ok: true, message: dataDir };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return { name, ok: true, message: `${dataDir} will be made at the first start` };
    const hint = "Give the user who starts Graft the right to write there, or set GRAFT_DATA_DIR.";
    return { name, ok: false, message: `${dataDir} cannot be written (${code})`, hint };
  } finally {
    rmSync(probe, { force: true });
  }
}

async function checkPort({ port, host }: Settings, running: HostAddress | null): Promise<Check> {
  const name = "port";
  const busy = await new Promise<string | null>((done) => {
    const server = createServer()
      .once("error", (error: NodeJS.ErrnoException) => done(error.code ?? error.message))
      .listen(port, host, () => server.close(() => done(null)));
  });
  const own = running !== null && (new URL(running.url).port || "80") === String(port);
  if (busy === null) return { name, ok: true, message: `${host}:${port} is free` };
  if (own && busy === "EADDRINUSE") return { name, ok: true, message: `${host}:${port} is the host's` };
  return {
    name,
    ok: false,
    message: `${host}:${port} cannot be used (${busy})`,
    hint: "End what uses it, or set PORT.",
  };
}

async function checkHost(host: HostAddress): Promise<Check[]> {
  const live = await get(`${host.url}/healthz`);
  if (!live?.ok) {
    const stale = host.pid === undefined ? "" : `; process ${host.pid} left its address in ${host.source}`;
    const message = `${host.url} does not answer${stale}`;
    return [{ name: "host", ok: false, message, hint: "Start it with `npm start`." }];
  }
  const ready = await get(`${host.url}/readyz`);
  const problems = await readProblems(ready);
  const database: Check = ready?.ok
    ? { name: "ready", ok: true, message: "database reachable and migrated, engine running" }
    : {
        name: "ready",
        ok: false,
        message: problems.join("; ") || "the host is not ready",
        hint: "Its log says more.",
      };
  return [
    { name: "host", ok: true, message: host.url },
    database,
    ...(await checkIsolation(host)),
    ...(await checkModules(host)),
    ...(await checkAttention(host)),
  ];
}

/** What holds modules on the host's machine, a line for each respect, and how to get what is missing. */
async function checkIsolation(host: HostAddress): Promise<Check[]> {
  try {
    const { driver, summary, layers, missing } = await createClient(host).call<IsolationView>(
      "GET",
      "/isolation",
    );
    const hint = missing.map(({ text, remedy }) => `${text} ${remedy}`).join("\n");
    return [
      {
        ...{ name: "isolation", ok: true, message: summary },
        ...(driver === "bubblewrap" ? {} : { warning: true as const }),
        ...(hint === "" ? {} : { hint }),
      },
      ...layers.map(({ name, heldBy, text }) => ({
        ...{ name: `· ${name}`, ok: true, message: text },
        ...(heldBy === "nothing" ? { warning: true as const } : {}),
      })),
    ];
  } catch (error) {
    return [
      { name: "isolation", ok: false, message: error instanceof Error ? error.message : String(error) },
    ];
  }
}

async function checkModules(host: HostAddress): Promise<Check[]> {
  try {
    const { items } = await createClient(host).call<HostHealthView>("GET", "/health");
    return items.map(({ module, state, message }) => {
      const ok = state === "healthy" || state === "starting";
      const hint = ok ? {} : { hint: `\`graft logs ${module}\` shows what it printed.` };
      return { name: module, ok, message: message ? `${state}: ${message}` : state, ...hint };
    });
  } catch (error) {
    return [{ name: "modules", ok: false, message: error instanceof Error ? error.message : String(error) }];
  }
}

/** What could not be finished or cleaned up is no failure of the host, and not well either. */
async function checkAttention(host: HostAddress): Promise<Check[]> {
  const name = "attention";
  try {
    const { items } = await createClient(host).call<Page<AttentionView>>("GET", "/attention");
    return items.map(({ id, title, problem }) => ({
      ...{ name, ok: false, message: `${title}: ${problem.detail}` },
      hint: `\`graft attention retry ${id}\` tries it again.`,
    }));
  } catch (error) {
    return [{ name, ok: false, message: error instanceof Error ? error.message : String(error) }];
  }
}

async function get(url: string): Promise<Response | null> {
  return fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
}

async function readProblems(response: Response | null): Promise<string[]> {
  const body = (await response?.json().catch(() => null)) as Partial<ReadyView & Problem> | null;
  return body?.problems ?? (body?.detail ? [body.detail] : []);
}

function show({ terminal }: CommandContext, checks: Check[]): void {
  const { style } = terminal;
  const width = Math.max(...checks.map(({ name }) => name.length));
  for (const { name, ok, message, hint, warning } of checks) {
    const mark = ok ? (warning ? style("yellow", "!") : style("green", "✓")) : style("red", "✗");
    terminal.out(`${mark} ${name.padEnd(width)}  ${message}`);
    for (const line of hint?.split("\n") ?? []) terminal.out(`  ${" ".repeat(width)}  ${style("dim", line)}`);
  }
}
