import type { AccessSetting } from "@/contract/access";
import type { InstalledModule } from "@/engine/supply/installed/index";
import { getEngine } from "@/lib/engine";
import { readRules } from "@/sdk/flags/rules";

export interface AccessTargetView {
  /** `news` or `news/recent`. */
  target: string;
  title: string;
  module: InstalledModule;
  /** Its own; null where it has none. */
  setting: AccessSetting | null;
  /** Of a widget without a setting: its module's. */
  inherited: AccessSetting | null;
}

/** A module or one of its widgets by the parts of an address; null when there is none. */
export function findAccessTarget(parts: readonly string[]): AccessTargetView | null {
  const { flags, registry } = getEngine();
  const [name = "", id, ...rest] = parts.map(decodeURIComponent);
  const module = registry.get(name);
  if (module === null || rest.length > 0) return null;
  const setting = flags.getAccess(parts.join("/"));
  if (id === undefined) return { target: name, title: module.title, module, setting, inherited: null };
  const widget = module.manifest.widgets.find((one) => one.id === id);
  if (widget === undefined) return null;
  return {
    target: `${name}/${id}`,
    title: widget.title === module.title ? `the widget ${widget.title}` : `${module.title}: ${widget.title}`,
    module,
    setting,
    inherited: setting === null ? flags.getAccess(name) : null,
  };
}

/** The users that rules name, by id. */
export function userNames(setting: AccessSetting | null): Record<string, string> {
  if (setting?.mode !== "rules") return {};
  const { directory } = getEngine().access;
  const conditions = readRules(setting.targeting)?.flatMap((rule) => rule.conditions) ?? [];
  const ids = conditions.flatMap((condition) => (condition.kind === "users" ? condition.users : []));
  return Object.fromEntries(ids.map((id) => [id, directory.identity(id)?.name ?? id]));
}
