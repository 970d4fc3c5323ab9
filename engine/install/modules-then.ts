import { isGraftError } from "../core/index.ts";
import type { AccessSetting, Flags } from "../flags/index.ts";
import type { PlanSettings, PlansDeps } from "../plan/index.ts";
import type { Generations } from "./generations.ts";

type ModulesThen = ReturnType<PlansDeps["modulesOf"]>;

/** What a rollback goes back to. A rule that names a group that is gone gives to nobody: a new group may have its key. */
export async function modulesThen(
  flags: Pick<Flags, "requireGroups">,
  generations: Generations,
  number: number,
): ModulesThen {
  const { modules } = await generations.get(number);
  const settings = await generations.settingsOf(number);
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
      const then: PlanSettings = { ...left, access: Object.fromEntries(await Promise.all(rules)) };
      return { ...module, then };
    }),
  );
}
