import { isDeepStrictEqual } from "node:util";
import { GraftError, type Log } from "../../core/index.ts";
import type { Health } from "../../serving/health/index.ts";
import type { Runtime } from "../../serving/runtime/index.ts";
import type { InstalledModule, ServedVersionsRoom } from "../../supply/installed/index.ts";
import { buildModuleSpec, type ModuleSpecDeps } from "./module-spec.ts";

/** The processes of the modules that this host serves; which version that is, the registry is told. */
export interface Activation {
  /** Something will be started soon. */
  warm(): void;
  /** Process up, health watched; the route stays closed until `open`. @throws MODULE_START_FAILED */
  start(module: InstalledModule): Promise<void>;
  /** @throws MODULE_UNHEALTHY, MODULE_START_FAILED */
  gate(module: InstalledModule): Promise<void>;
  open(module: InstalledModule): void;
  /**
   * The new version beside the old one: when it is healthy, traffic moves in one tick and the old one drains.
   * A throw, also of `beforeSwitch`, which runs once the new one is healthy, leaves the old one serving.
   */
  replace(module: InstalledModule, beforeSwitch?: () => Promise<void>): Promise<void>;
  /** When no process that was replaced is left to write anything. */
  drained(module: string): Promise<void>;
  /** Route closed, process drained and gone, and with it its status and log: the module leaves. */
  stop(module: string): Promise<void>;
  /** Makes this host run exactly these, but for those left stopped; a module that does not start is tried again with backoff. */
  reconcile(modules: readonly InstalledModule[]): Promise<void>;
  close(): Promise<void>;
}

export interface ActivationDeps extends ModuleSpecDeps {
  registry: ServedVersionsRoom;
  runtime: Runtime;
  health: Health;
  log: Log;
}

const retryMs = (attempt: number) => Math.min(1000 * 2 ** attempt, 60_000);

export function createActivation(deps: ActivationDeps): Activation {
  const { registry, runtime, health, log } = deps;
  const retries = new Map<string, { module: InstalledModule; timer: NodeJS.Timeout; attempt: number }>();
  /** Starts under way in the background; one that is not here any more has been overtaken and must leave no trace. */
  const starting = new Map<string, symbol>();
  let closed = false;

  async function start(module: InstalledModule): Promise<void> {
    forget(module.name);
    if (module.manifest.runtime) await runtime.start(await buildModuleSpec(deps, module));
    health.watch(module.name);
  }
  async function stop(name: string, options?: { forget: boolean }): Promise<void> {
    registry.unserve(name);
    forget(name);
    health.unwatch(name);
    await runtime.stop(name, options);
  }
  function forget(name: string): number {
    starting.delete(name);
    const retry = retries.get(name);
    clearTimeout(retry?.timer);
    retries.delete(name);
    return retry?.attempt ?? 0;
  }
  async function startAndOpen(module: InstalledModule): Promise<void> {
    const attempt = forget(module.name);
    const mine = Symbol(module.name);
    const isMine = () => !closed && starting.get(module.name) === mine;
    starting.set(module.name, mine);
    try {
      if (module.manifest.runtime) {
        const spec = await buildModuleSpec(deps, module);
        if (!isMine()) return;
        await runtime.start(spec);
      }
      if (!isMine()) return;
      starting.delete(module.name);
      health.watch(module.name);
      registry.serve(module);
    } catch (error) {
      if (!isMine()) return;
      starting.delete(module.name);
      log.error({ err: error, module: module.name, attempt }, "module did not start");
      health.watch(module.name);
      const timer = setTimeout(() => void startAndOpen(module), retryMs(attempt));
      timer.unref();
      retries.set(module.name, { module, timer, attempt: attempt + 1 });
    }
  }
  function isRunning({ name, digest, manifest }: InstalledModule): boolean {
    if (!manifest.runtime) return registry.served(name)?.digest === digest;
    const status = runtime.status(name);
    return status !== null && status.state !== "stopped" && status.digest === digest;
  }
  /** Another host may have stored other settings, or pointed at another database. What was never served has none to compare. */
  function hasItsSettings({ name, config, database }: InstalledModule): boolean {
    const served = registry.served(name);
    return served === null || (served.database === database && isDeepStrictEqual(served.config, config));
  }
  /** What is tried again is what shall run now, and not what a generation since taken back wanted. */
  function isSame(one: InstalledModule, other: InstalledModule): boolean {
    const isAlike = one.digest === other.digest && one.database === other.database;
    return isAlike && isDeepStrictEqual(one.config, other.config);
  }
  async function replace(module: InstalledModule, beforeSwitch?: () => Promise<void>): Promise<void> {
    const { name, manifest } = module;
    forget(name);
    if (!manifest.runtime || !runtime.status(name)) {
      if (runtime.status(name)) await stop(name);
      try {
        await start(module);
        await health.gate(name);
        await beforeSwitch?.();
      } catch (error) {
        await stop(name);
        throw error;
      }
      registry.serve(module);
      return;
    }
    await runtime.start(await buildModuleSpec(deps, module), {
      async gate(socket) {
        await health.gate(name, { socket, health: manifest.health });
        await beforeSwitch?.();
      },
      switched: () => registry.serve(module),
    });
  }
  async function replaceCalmly(module: InstalledModule): Promise<void> {
    try {
      await replace(module);
    } catch (error) {
      log.error({ err: error, module: module.name }, "module serves as it was; trying again soon");
    }
  }

  return {
    warm: () => runtime.warm(),
    start,
    async gate(module) {
      if (module.manifest.runtime && !runtime.status(module.name)) {
        throw new GraftError("MODULE_START_FAILED", `${module.title} is not running.`, {
          details: { module: module.name },
        });
      }
      await health.gate(module.name);
    },
    open: registry.serve,
    replace,
    drained: (name) => runtime.drained(name),
    stop: (name) => stop(name, { forget: true }),
    async reconcile(modules) {
      const running = modules.filter(({ stoppedBy }) => stoppedBy === null);
      const wanted = new Set(running.map((module) => module.name));
      const known = new Set([
        ...registry.servedNames(),
        ...retries.keys(),
        ...starting.keys(),
        ...runtime.list().map((status) => status.module),
      ]);
      await Promise.all(
        [...known].filter((name) => !wanted.has(name)).map((name) => stop(name, { forget: true })),
      );
      await Promise.all(
        running.map(async (module) => {
          const waiting = retries.get(module.name)?.module;
          if (waiting && isSame(waiting, module)) return;
          if (isRunning(module)) {
            if (hasItsSettings(module)) registry.serve(module);
            else await replaceCalmly(module);
            return;
          }
          // Another version serves: it does until this one is healthy.
          if (module.manifest.runtime && runtime.socket(module.name) !== null) return replaceCalmly(module);
          if (runtime.status(module.name)) await stop(module.name);
          await startAndOpen(module);
        }),
      );
    },
    async close() {
      closed = true;
      for (const name of [...retries.keys()]) forget(name);
      for (const name of [...registry.servedNames()]) registry.unserve(name);
    },
  };
}
