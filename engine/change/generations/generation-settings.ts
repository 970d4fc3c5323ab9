import type { HostTx, Json } from "../../core/index.ts";
import type { AccessSetting, Flags } from "../../decisions/index.ts";
import { markSealed } from "../../supply/settings/index.ts";

/** Of one module, when its generation was left. */
export interface ModuleSettings {
  /** By target: the module and those widgets that have a rule of their own. */
  access: Record<string, AccessSetting>;
  /** Secrets are the mask and a mark that tells one from another. */
  config: Record<string, Json>;
}

export type GenerationSettings = Record<string, ModuleSettings>;

/** Access and settings of what is installed, as the transaction sees them. Evaluates nothing that a module wrote. */
export async function readSettings(tx: HostTx, flags: Pick<Flags, "readRules">): Promise<GenerationSettings> {
  const modules = await tx.module.findMany({ select: { name: true, config: true } });
  const rules = await flags.readRules(tx);
  return Object.fromEntries(
    modules.map(({ name, config }) => {
      const own = rules.filter(({ target }) => target === name || target.startsWith(`${name}/`));
      const shown = markSealed(config as Record<string, unknown>);
      return [
        name,
        {
          access: Object.fromEntries(own.map(({ target, setting }) => [target, setting])),
          config: shown as Record<string, Json>,
        },
      ];
    }),
  );
}
