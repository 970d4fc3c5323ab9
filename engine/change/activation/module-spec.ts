import type { Digest } from "../../core/index.ts";
import type { ModuleDatabase } from "../../module-data/index.ts";
import { identityKey, moduleToken } from "../../serving/gateway/index.ts";
import type { ModuleSpec } from "../../serving/runtime/index.ts";
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
  module: { name: string; digest: Digest; config: Record<string, unknown> },
): Promise<ModuleSpec> {
  const { name, digest, config } = module;
  const { manifest, files } = await deps.store.getModule(digest);
  const env: Record<string, string> = {
    NODE_ENV: "production",
    GRAFT_MODULE: name,
    GRAFT_VERSION: manifest.version,
    GRAFT_CONFIG: JSON.stringify(config),
    GRAFT_HOST_SOCKET: deps.hostSocket,
    GRAFT_TOKEN: moduleToken(deps.secret, name, digest),
    GRAFT_IDENTITY_KEY: identityKey(deps.secret, name, digest).toString("base64url"),
  };
  if (manifest.database) env.DATABASE_URL = await deps.database.runtimeUrl(name);
  return { name, version: manifest.version, digest, manifest, files, env };
}
