import { join } from "node:path";
import { createGateway, type Gateway, type GatewayDeps } from "../../serving/gateway/index.ts";
import { createApi, createModuleApi, createOfrep } from "../api/index.ts";
import type { Serving } from "./compose-serving.ts";
import type { Ground } from "./open-ground.ts";
import type { Engine } from "./types.ts";

/** The way in, for browsers, API clients and modules; behind it everything is there. */
export function openGateway(
  engine: Engine,
  { hostSocket, registry, traffic }: Pick<Ground & Serving, "hostSocket" | "registry" | "traffic">,
  options: { rootDir: string; hostToken: string; identifyCookie: GatewayDeps["identifyCookie"] },
): Promise<Gateway> {
  const { settings, log, secret, flags, health, store, catalog, runtime, access, ready } = engine;
  return createGateway({
    ...{ log, secret, registry, catalog, store, runtime, traffic, health, flags, ready, hostSocket },
    publicUrl: settings.publicUrl,
    directory: access.directory,
    features: flags.features,
    hostApi: createApi(engine),
    moduleApi: createModuleApi(engine),
    ofrep: createOfrep(engine),
    sdkFile: join(options.rootDir, "sdk/dist/client.js"),
    hostToken: options.hostToken,
    identifyCookie: options.identifyCookie,
  });
}
