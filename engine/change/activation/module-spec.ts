import { createSecretBox } from "../../core/index.ts";
import type { ModuleDatabase } from "../../module-data/index.ts";
import { identityKey, moduleToken } from "../../serving/gateway/index.ts";
import type { ModuleSpec } from "../../serving/runtime/index.ts";
import type { InstalledModule } from "../../supply/installed/index.ts";
import { processConfig } from "../../supply/settings/index.ts";
import type { ModuleStore } from "../../supply/store/index.ts";

export interface ModuleSpecDeps {
  store: ModuleStore;
  database: ModuleDatabase;
  secret: Buffer;
  hostSocket: string;
}

/** What the process of an installed module is given, as DESIGN promises it. */
export async function buildModuleSpec(
  deps: ModuleSpecDeps,
  module: Pick<InstalledModule, "name" | "digest" | "config" | "database">,
): Promise<ModuleSpec> {
  const { name, digest, config, database } = module;
  const { manifest, files } = await deps.store.getModule(digest);
  const env: Record<string, string> = {
    NODE_ENV: "production",
    GRAFT_MODULE: name,
    GRAFT_VERSION: manifest.version,
    GRAFT_CONFIG: JSON.stringify(
      processConfig(createSecretBox(deps.secret), name, { schema: manifest.config, config }),
    ),
    GRAFT_HOST_SOCKET: deps.hostSocket,
    GRAFT_TOKEN: moduleToken(deps.secret, name, digest),
    GRAFT_IDENTITY_KEY: identityKey(deps.secret, name, digest).toString("base64url"),
  };
  if (database !== null) env.DATABASE_URL = await deps.database.runtimeUrl({ module: name, database });
  return { name, version: manifest.version, digest, manifest, files, env };
}
