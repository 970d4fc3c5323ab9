import { createSecretBox } from "../../../core/index.ts";
import type { InstalledModule } from "../../../supply/installed/index.ts";
import { processConfig } from "../../../supply/settings/index.ts";
import { givenSecret } from "../data-dir.ts";
import { testSecret } from "./start-test-host.ts";

/** What is stored of a module's settings, secrets in the clear, by the secret of the tests. */
export function openStored(module: Pick<InstalledModule, "name" | "config"> | null, secret = testSecret) {
  if (module === null) return undefined;
  return processConfig(createSecretBox(givenSecret(secret)), module.name, {
    schema: undefined,
    config: module.config,
  });
}
