import { rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "../../lib/build.ts";
import { createApi, expectOk } from "./api.ts";
import { administrator, administratorEnv } from "./people.ts";
import { startGraft, templateVariable } from "./start-graft.ts";

/** Before the first test: one build, and one data directory with an administrator that files begin with a copy of. */
export default async function prepareRun(): Promise<() => void> {
  await build({ rootDir: join(import.meta.dirname, "../.."), dev: false, print: console.log });
  const graft = await startGraft({ env: administratorEnv });
  const api = createApi(graft, graft.hostToken);
  const [first] = expectOk(await api.call("GET", "/users")).items;
  expectOk(await api.call("PATCH", `/users/${first.id}`, { name: administrator.name }));
  await graft.stop();
  process.env[templateVariable] = graft.dataDir;
  return () => rmSync(graft.dataDir, { recursive: true, force: true });
}
