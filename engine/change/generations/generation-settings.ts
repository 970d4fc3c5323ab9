import { createHmac } from "node:crypto";
import type { HostTx, Json } from "../../core/index.ts";
import type { AccessSetting, Flags } from "../../decisions/index.ts";
import { markSecrets, maskedSecret } from "../../supply/manifest/index.ts";

/** Of one module, when its generation was left. */
export interface ModuleSettings {
  /** By target: the module and those widgets that have a rule of their own. */
  access: Record<string, AccessSetting>;
  /** Secrets are the mask and a mark that tells one from another. */
  config: Record<string, Json>;
}

export type GenerationSettings = Record<string, ModuleSettings>;

/** The mask and a mark that tells one secret from another, not what it is. */
export function secretMarker(settingsKey: string) {
  return (secret: unknown, path: readonly (string | number)[]): string => {
    const whole = createHmac("sha256", settingsKey)
      .update(JSON.stringify([...path, secret]))
      .digest("hex");
    // Short on purpose: enough to see that a secret changed, too little to find out which of many guesses it was.
    return `${maskedSecret}${whole.slice(0, 6)}`;
  };
}

export function isMark(value: unknown): boolean {
  return typeof value === "string" && /^••••[0-9a-f]{6}$/.test(value);
}

/** Access and settings of what is installed, as the transaction sees them. */
export async function readSettings(tx: HostTx, flags: Pick<Flags, "readRules">): Promise<GenerationSettings> {
  const modules = await tx.module.findMany({ select: { name: true, config: true, manifest: true } });
  const rules = await flags.readRules(tx);
  const { settingsKey } = await tx.hostState.findUniqueOrThrow({ where: { id: 1 } });
  const mark = secretMarker(settingsKey);
  return Object.fromEntries(
    modules.map(({ name, config, manifest }) => {
      const own = rules.filter(({ target }) => target === name || target.startsWith(`${name}/`));
      const schema = (manifest as { config?: unknown }).config;
      const shown = markSecrets(schema, config as Record<string, unknown>, mark);
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
