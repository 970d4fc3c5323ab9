import type { AccessSetting } from "../../../contract/access.ts";
import type { ModuleState } from "../../../contract/health.ts";
import type { InstalledModule } from "../../supply/installed/index.ts";
import type { ApiEngine } from "./types.ts";

/** An installed module as lists show it. */
export function moduleSummary(engine: ApiEngine, module: InstalledModule) {
  const { name, title, summary, version, digest, type, publisher } = module;
  const { generation, timeoutMs, installedAt, updatedAt } = module;
  return {
    ...{ name, title, summary, version, digest, type, publisher, generation, installedAt, updatedAt },
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    icon: module.manifest.icon ?? null,
    state: moduleState(engine, module),
    access: accessOf(engine, module.name),
  };
}

export function moduleDetail(engine: ApiEngine, module: InstalledModule) {
  const { manifest } = module;
  return {
    ...moduleSummary(engine, module),
    manifest,
    config: engine.install.configOf(module),
    pages: manifest.pages,
    widgets: manifest.widgets.map((widget) => ({
      ...widget,
      access: widgetAccess(engine, `${module.name}/${widget.id}`),
    })),
    health: engine.health.now(module.name),
  };
}

export function moduleState(engine: ApiEngine, module: InstalledModule): ModuleState {
  if (module.stoppedBy !== null) return "stopped";
  const known = engine.health.now(module.name)?.state;
  // Client files alone have no process that could fail.
  return known ?? (module.manifest.runtime === undefined ? "healthy" : "stopped");
}

/** No rule at all lets nobody in. */
export function accessOf(engine: ApiEngine, module: string): AccessSetting {
  return engine.flags.getAccess(module) ?? { mode: "nobody" };
}

/** A widget without a rule of its own follows its module. */
export function widgetAccess(engine: ApiEngine, target: string): AccessSetting & { inherited: boolean } {
  const [module = target] = target.split("/");
  const own = engine.flags.getAccess(target);
  return own === null ? { ...accessOf(engine, module), inherited: true } : { ...own, inherited: false };
}
