import type { HealthNow } from "../../../contract/health.ts";
import type { Manifest } from "../../../sdk/manifest/index.ts";
import type { HostDb, Log } from "../../core/index.ts";
import type { Registry } from "../../supply/installed/index.ts";
import type { ProcessEvent, Runtime } from "../runtime/index.ts";
import { describeProcessEvent } from "./describe-process-event.ts";
import { gateModule } from "./gate-module.ts";
import type { HealthSignal } from "./health-state.ts";
import { createHealthStore } from "./health-store.ts";
import { type ProbeOutcome, probeModule } from "./probe-module.ts";
import { readHistory } from "./read-history.ts";
import type { Health } from "./types.ts";
import { type Watched, watchModule } from "./watch-module.ts";

export interface HealthOptions {
  db: HostDb;
  runtime: Runtime;
  log: Log;
  /** Asked at each probe, so an upgrade takes effect by itself. */
  registry: Pick<Registry, "get">;
  /** Ms since the epoch; default Date.now. */
  clock?: () => number;
  /** Between looks at whether a minute is over; events are written as often. Default 1 s. */
  tickMs?: number;
  /** How long `gate` waits where it is not told. Default 15 s. */
  gateTimeoutMs?: number;
}

const defaultProbe: Manifest["health"] = { path: "/healthz", intervalSeconds: 10, timeoutMs: 2_000 };
/** A module that is not well is looked at this often, so that its recovery shows soon. */
const unwellIntervalMs = 2_000;
const retentionEveryMs = 3_600_000;

interface Entry extends Watched {
  timer: NodeJS.Timeout | undefined;
}

/** Watches modules, keeps a week of minutes and a month of events in PostgreSQL; `close` writes what is left. */
export function createHealth(options: HealthOptions): Health {
  const { runtime, registry, clock = Date.now } = options;
  const log = options.log.child({ room: "health" });
  const store = createHealthStore({ db: options.db, log });
  const watching = new Map<string, Entry>();
  const listeners = new Set<(now: HealthNow) => void>();
  let retentionAt = clock() + 60_000;
  let ticking = false;
  let closed = false;

  const nowOf = (module: string, entry: Entry) => entry.now(runtime.status(module));
  const manifestOf = (module: string) => registry.get(module)?.manifest;
  const probeOf = (module: string) => manifestOf(module)?.health ?? defaultProbe;
  /** A module of files or tables alone has nothing that could fail here. */
  const hasProcess = (module: string) =>
    runtime.status(module) !== null || manifestOf(module)?.runtime !== undefined;

  function changed(module: string, entry: Entry): void {
    const now = nowOf(module, entry);
    for (const listener of listeners) {
      try {
        listener(now);
      } catch (error) {
        log.error({ err: error }, "a listener of health changes failed");
      }
    }
  }

  function addEvent(module: string, kind: string, message: string): void {
    store.addEvent({ module, at: new Date(clock()).toISOString(), kind, message });
  }

  function signal(module: string, what: HealthSignal): void {
    const entry = watching.get(module);
    if (entry?.signal(what)) changed(module, entry);
  }

  async function probe(module: string, timeoutMs = probeOf(module).timeoutMs): Promise<ProbeOutcome> {
    const socket = runtime.socket(module);
    if (socket !== null) return probeModule(socket, probeOf(module).path, timeoutMs);
    if (!hasProcess(module)) return { ok: true, latencyMs: 0, message: null };
    return { ok: false, latencyMs: 0, message: `is not running${whyNotRunning(module)}` };
  }

  function whyNotRunning(module: string): string {
    const status = runtime.status(module);
    if (status?.lastError) return `: it ${status.lastError}`;
    // A first start that failed leaves no status, but its log.
    const said = runtime.logs(module, 50).findLast((line) => line.stream === "host");
    return status === null && said ? `: it ${said.text}` : "";
  }

  function observe(module: string, entry: Entry, outcome: ProbeOutcome): void {
    const before = entry.health().state;
    const rssMb = runtime.status(module)?.rssMb ?? null;
    const isNews = entry.probed(outcome, rssMb, probeOf(module).timeoutMs);
    if (!isNews) return;
    const { state, message } = entry.health();
    if (state !== before) addEvent(module, state, message ?? "answers its probes");
    changed(module, entry);
  }

  async function probeAndPlan(module: string, entry: Entry): Promise<void> {
    const outcome = await probe(module);
    if (watching.get(module) !== entry || closed) return;
    observe(module, entry, outcome);
    const intervalMs = probeOf(module).intervalSeconds * 1_000;
    const well = entry.health().state === "healthy";
    plan(module, entry, well ? intervalMs : Math.min(intervalMs, unwellIntervalMs));
  }

  function plan(module: string, entry: Entry, delayMs: number): void {
    clearTimeout(entry.timer);
    // Jitter of a tenth: modules started together are not probed together for ever.
    const jittered = delayMs * (0.9 + Math.random() / 5);
    entry.timer = setTimeout(() => void probeAndPlan(module, entry), jittered);
    entry.timer.unref();
  }

  function onProcess(event: ProcessEvent): void {
    const told = describeProcessEvent(event);
    if (!told) return;
    addEvent(event.module, told.kind, told.message);
    if (told.signal) signal(event.module, told.signal);
    const entry = watching.get(event.module);
    // Once the runtime has made its socket known.
    if (event.kind === "listening" && entry) plan(event.module, entry, 5);
  }

  const leaveRuntime = runtime.onEvent(onProcess);

  async function tick(): Promise<void> {
    if (ticking) return;
    ticking = true;
    try {
      store.addSamples([...watching.values()].flatMap((entry) => entry.closeMinute() ?? []));
      if ((await store.flush()) && clock() >= retentionAt) {
        retentionAt = clock() + retentionEveryMs;
        await store.deleteOld(clock());
      }
    } catch (error) {
      log.warn({ err: error }, "old health figures cannot be removed; tried again in an hour");
    } finally {
      ticking = false;
    }
  }

  const ticker = setInterval(() => void tick(), options.tickMs ?? 1_000);
  ticker.unref();

  function watch(module: string): void {
    if (watching.has(module) || closed) return;
    const entry: Entry = Object.assign(watchModule(module, clock), { timer: undefined });
    watching.set(module, entry);
    const status = runtime.status(module);
    if (status?.state === "quarantined") {
      entry.signal({ kind: "quarantined", message: status.lastError ?? "in quarantine" });
    }
    if (hasProcess(module)) void probeAndPlan(module, entry);
    else observe(module, entry, { ok: true, latencyMs: 0, message: null });
  }

  function unwatch(module: string): void {
    const entry = watching.get(module);
    if (!entry) return;
    clearTimeout(entry.timer);
    watching.delete(module);
    store.addSamples([entry.closeMinute(true) ?? []].flat());
  }

  async function close(): Promise<void> {
    if (closed) return;
    closed = true;
    leaveRuntime();
    clearInterval(ticker);
    for (const module of [...watching.keys()]) unwatch(module);
    // PostgreSQL may hang; the end of the host does not wait for figures.
    await Promise.race([store.flush(), new Promise((resolve) => setTimeout(resolve, 2_000).unref())]);
  }

  return {
    now(module) {
      const entry = watching.get(module);
      return entry ? nowOf(module, entry) : null;
    },
    all: () => [...watching].map(([module, entry]) => nowOf(module, entry)),
    async gate(module, { timeoutMs = options.gateTimeoutMs ?? 15_000, socket, health } = {}) {
      await gateModule({
        module,
        timeoutMs,
        runtime,
        async probe(leftMs) {
          if (socket !== undefined) {
            const { path, timeoutMs: probeMs } = health ?? probeOf(module);
            return probeModule(socket, path, Math.min(leftMs, probeMs));
          }
          const outcome = await probe(module, Math.min(leftMs, probeOf(module).timeoutMs));
          const entry = watching.get(module);
          // What fails while it starts is no failure yet; the gate itself judges.
          if (entry && outcome.ok) observe(module, entry, outcome);
          return outcome;
        },
      });
    },
    history: (module, query) =>
      readHistory({ store, nowMs: clock(), tally: () => watching.get(module)?.tally }, module, query),
    events: ({ module, limit = 100 }) => store.events({ ...(module === undefined ? {} : { module }), limit }),
    countRequest(module, status) {
      const tally = watching.get(module)?.tally;
      if (tally === undefined) return;
      tally.requests++;
      if (status >= 500) tally.errors++;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    watch,
    unwatch,
    close,
  };
}
