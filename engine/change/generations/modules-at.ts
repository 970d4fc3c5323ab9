import { isGraftError } from "../../core/index.ts";
import type { AccessSetting, Flags } from "../../decisions/index.ts";
import type { Registry } from "../../supply/installed/index.ts";
import type { PlansDeps } from "../plan/index.ts";
import { compareGenerations } from "./compare-generations.ts";
import type { ModuleSettings } from "./generation-settings.ts";
import type { Generations } from "./generations.ts";

type ModulesThen = ReturnType<PlansDeps["modulesOf"]>;

/** What a rollback goes back to. A rule that names a group that is gone gives to nobody: a new group may have its key. */
export async function modulesAt(
  deps: {
    flags: Pick<Flags, "requireGroups">;
    generations: Generations;
    registry: Pick<Registry, "generation">;
  },
  number: number,
): ModulesThen {
  const { flags, generations } = deps;
  const { modules } = await generations.get(number);
  const [settings, now] = await Promise.all([
    generations.settingsOf(number),
    generations.settingsOf(deps.registry.generation()),
  ]);
  const present = async (setting: AccessSetting): Promise<AccessSetting> =>
    flags.requireGroups(setting).then(
      () => setting,
      (error) => {
        if (!isGraftError(error) || error.code !== "NOT_FOUND") throw error;
        return { mode: "nobody" };
      },
    );
  return Promise.all(
    modules.map(async (module) => {
      const left = settings?.[module.name];
      if (!left) return module;
      const rules = Object.entries(left.access).map(
        async ([target, setting]) => [target, await present(setting)] as const,
      );
      const then = { ...left, access: Object.fromEntries(await Promise.all(rules)) };
      return { ...module, then, differs: differenceOf(module.name, now?.[module.name], then) };
    }),
  );
}

/** Secrets aside: a generation tells that one changed, and holds none to go back to. */
function differenceOf(name: string, now: ModuleSettings | undefined, then: ModuleSettings) {
  if (!now) return null;
  const { access, config } = compareGenerations(
    { modules: [], settings: { [name]: now } },
    { modules: [], settings: { [name]: then } },
  );
  const shown = config.filter(({ secret }) => !secret).map(({ secret: _, ...change }) => change);
  return access.length + shown.length === 0 ? null : { access, config: shown };
}
