import type { AccessSetting } from "../contract/access.ts";
import type { GroupModule, GroupState } from "../contract/group-access.ts";
import { getEngine } from "./engine.ts";
import { moduleFileUrl } from "./navigation.ts";

/** Every installed module and widget, and whether the group gets it. */
export function listGroupAccess(key: string): GroupModule[] {
  const { flags, registry } = getEngine();
  return registry.list().map((module) => {
    const setting = flags.getAccess(module.name);
    const { icon, widgets } = module.manifest;
    return {
      module: module.name,
      target: module.name,
      title: module.title,
      icon: icon === undefined ? null : moduleFileUrl(module.digest, icon),
      state: groupState(setting, key),
      widgets: widgets.map((widget) => {
        const target = `${module.name}/${widget.id}`;
        return { target, title: widget.title, state: groupState(flags.getAccess(target) ?? setting, key) };
      }),
    };
  });
}

/** What names the group, and so changes when it is deleted: access, flags, shared evaluators, the home of its members. */
export async function listGroupNaming(key: string): Promise<string[]> {
  const { flags, home } = getEngine();
  const { targets, flags: keys, evaluators } = flags.namesGroup(key);
  const layout = await home.defaultFor({ group: key });
  return [
    ...targets.map((target) => `${target.includes("/") ? "widget" : "module"} ${target}`),
    ...keys.map((flag) => `flag ${flag}`),
    ...evaluators.map((evaluator) => `shared evaluator ${evaluator}`),
    ...(layout === null ? [] : ["the group's home layout"]),
  ];
}

export function groupState(setting: AccessSetting | null, key: string): GroupState {
  if (setting === null || setting.mode === "nobody") return "off";
  if (setting.mode === "everyone" || setting.mode === "rules") return setting.mode;
  return setting.groups.includes(key) ? "on" : "off";
}
