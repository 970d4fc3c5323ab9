import { join } from "node:path";
import { loadSettings, systemActor } from "../../../core/index.ts";
import { createHost } from "../../../edge/host/index.ts";

/** A host in a process of its own that makes one backup and ends, for tests that kill it. */
const host = await createHost({
  settings: loadSettings(process.env),
  version: "1.0.0",
  rootDir: join(import.meta.dirname, "../../../.."),
  identifyCookie: () => async () => null,
});
const { engine } = host;
const { id } = await engine.backups.start(systemActor);
for await (const { status, error } of engine.backups.watch(id))
  if (status !== "running") console.log(JSON.stringify({ status, error }));
await engine.close();
process.exit(0);
