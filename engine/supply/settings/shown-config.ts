import { GraftError, type SecretBox } from "../../core/index.ts";
import type { ConfigSchema } from "../manifest/index.ts";
import { fillDefaults } from "./fill-defaults.ts";
import { nameOf } from "./paths.ts";
import { maskSealed, openSecrets } from "./sealed.ts";
import type { Values } from "./types.ts";

interface Configured {
  schema: ConfigSchema | undefined;
  /** As stored. */
  config: Values;
}

/** Settings as they may be shown: with defaults, every secret masked. */
export function shownConfig({ schema, config }: Configured): Values {
  return fillDefaults(schema, maskSealed(config));
}

/**
 * Settings as the module's process gets them: with defaults, secrets in the clear.
 * @throws MODULE_START_FAILED when the secrets were stored with another GRAFT_SECRET
 */
export function processConfig(box: SecretBox, module: string, { schema, config }: Configured): Values {
  const { values, unread } = openSecrets(box, module, config);
  if (unread.length === 0) return fillDefaults(schema, values);
  const fields = unread.map(nameOf);
  throw new GraftError(
    "MODULE_START_FAILED",
    `${module} was not started: secrets in its settings were stored with another GRAFT_SECRET and cannot be read.`,
    {
      hint: `Start Graft with the secret it had, or type them again in the settings of the module: ${fields.join(", ")}.`,
      details: { module, fields },
    },
  );
}
