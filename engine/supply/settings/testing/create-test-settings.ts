import { createSecretBox } from "../../../core/index.ts";
import { createModuleSettings } from "../create-settings.ts";
import { evaluate } from "../evaluate.ts";
import type { RunMigration } from "../migrate-values.ts";
import { openSecrets } from "../sealed.ts";
import type { StoredSettings, Values } from "../types.ts";

const none: RunMigration = async () => {
  throw new Error("there is no migration");
};

/** The real thing, without threads. */
export function createTestSettings(runMigration = none, secret = "s") {
  const box = createSecretBox(Buffer.alloc(32, secret));
  const settings = createModuleSettings({
    ...{ box, runMigration },
    evaluate: async (_, job) => evaluate(structuredClone(job)),
  });
  return {
    ...settings,
    /** Settings of `m` as they are stored, secrets in the clear. */
    open: ({ config }: Pick<StoredSettings, "config">): Values => openSecrets(box, "m", config).values,
  };
}
