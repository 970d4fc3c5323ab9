import { join } from "node:path";
import { loadSettings, systemActor } from "../../../core/index.ts";
import { createHost } from "../../../edge/host/index.ts";

/** A host in a process of its own that makes one backup as the schedule would, and ends, for tests that kill it. */
const host = await createHost({
  settings: loadSettings(process.env),
  version: "1.0.0",
  rootDir: join(import.meta.dirname, "../../../.."),
  identifyCookie: () => async () => null,
});
const { backups } = host.engine;
await backups.scheduled.make(systemActor);
await backups.scheduled.settled();
console.log(JSON.stringify((await backups.scheduled.runs())[0]));
await host.engine.close();
process.exit(0);
