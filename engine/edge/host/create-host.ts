import { createLog, type Log } from "../../core/index.ts";
import { createMarkdown } from "../../core/markdown/index.ts";
import { createFlags } from "../../decisions/index.ts";
import { createAccess, setUpFromSettings } from "../../people/index.ts";
import { composeChange } from "./compose-change.ts";
import { composeEngagement } from "./compose-engagement.ts";
import { composeServing } from "./compose-serving.ts";
import { createDisposer, type Disposer } from "./create-disposer.ts";
import { createHostFile } from "./host-file.ts";
import { openGateway } from "./open-gateway.ts";
import { openGround } from "./open-ground.ts";
import { createPublicAddress } from "./public-address.ts";
import { createReadiness } from "./readiness.ts";
import type { Engine, Host, HostOptions } from "./types.ts";

/** Puts everything together. On a throw, whatever was started has been ended again. */
export async function createHost(options: HostOptions): Promise<Host> {
  const log = createLog(options.settings.logLevel);
  const disposer = createDisposer(log);
  try {
    return await compose(options, log, disposer);
  } catch (error) {
    await disposer.run();
    throw error;
  }
}

/** Each room is handed the rooms below it; the order is that of the floors in docs/architecture.md. */
async function compose(options: HostOptions, log: Log, disposer: Disposer): Promise<Host> {
  const { settings, version, rootDir } = options;
  const hostFile = createHostFile(settings.dataDir);
  const address = createPublicAddress(settings.publicUrl);
  const ground = await openGround(options, log, disposer);
  const access = await createAccess(ground);
  disposer.add("access", access.close);
  await setUpFromSettings(access, settings, log);
  const flags = await createFlags({ ...ground, access });
  disposer.add("flags", flags.close);
  const rooms = { ...ground, ...composeServing(ground, options, disposer), access, flags };
  const engagement = await composeEngagement({ ...rooms, address }, disposer);
  const change = composeChange(rooms, { version, rootDir });
  const readiness = createReadiness(ground.db);
  const engine: Engine = {
    ...{ settings, log, version, secret: ground.secret, db: ground.db, toProblem: ground.toProblem },
    ...{ store: ground.store, catalog: ground.catalog, registry: ground.registry },
    database: ground.database,
    markdown: createMarkdown(),
    ...{ access, flags, runtime: rooms.runtime, health: rooms.health },
    ...engagement,
    ...change,
    ready: readiness.ready,
    close: disposer.run,
  };
  const gateway = await openGateway(engine, rooms, {
    rootDir,
    hostToken: hostFile.token,
    identifyCookie: options.identifyCookie(ground.secret),
  });
  disposer.add("gateway", gateway.close);
  // What works on modules ends before what it works with.
  disposer.add("operations", change.install.close);
  disposer.add("automatic upgrades", change.upgrades.close);
  disposer.add("backups", change.backups.close);

  await change.install.recover();
  readiness.recovered();
  return {
    engine,
    gateway,
    serveAt(url) {
      address.servedAt(url);
      hostFile.write(url);
      disposer.add("host file", async () => hostFile.remove());
      beginServing(engine);
    },
  };
}

/** In the background: the host answers meanwhile. */
function beginServing({ database, install, upgrades, backups, log }: Engine): void {
  // The first install need not wait for what can be compiled before.
  void database.warm().catch((error) => log.warn({ err: error }, "the schema engine could not be warmed"));
  install
    .converge()
    .catch((error) => log.error({ err: error }, "could not start the installed modules"))
    .then(() => {
      upgrades.start();
      backups.scheduled.start();
    });
}
