import { join } from "node:path";
import { createTraffic, type Traffic } from "../../serving/gateway/index.ts";
import { createHealth, type Health } from "../../serving/health/index.ts";
import { createRuntime, type Runtime } from "../../serving/runtime/index.ts";
import type { Disposer } from "./create-disposer.ts";
import type { Ground } from "./open-ground.ts";
import type { HostOptions } from "./types.ts";

export interface Serving {
  traffic: Traffic;
  runtime: Runtime;
  health: Health;
}

/** The processes of modules, their health, and the way of requests to them; the gateway, which ends it, comes last of all. */
export function composeServing(
  ground: Ground,
  { rootDir, gateTimeoutMs }: Pick<HostOptions, "rootDir" | "gateTimeoutMs">,
  disposer: Disposer,
): Serving {
  const { db, log, registry, store, settings, dataDir, database } = ground;
  const traffic = createTraffic();
  const runtime = createRuntime({
    log,
    blobPath: store.blobPath,
    sdkServerPath: join(rootDir, "sdk/dist/server.js"),
    sandbox: settings.sandbox,
    accountsFile: join(dataDir, "module-accounts.json"),
    leave: traffic.leave,
    gone: database.endDeserted,
  });
  disposer.add("module processes", runtime.close);
  const health = createHealth({ db, runtime, log, registry, gateTimeoutMs });
  disposer.add("health", health.close);
  return { traffic, runtime, health };
}
