import { afterEach, expect, test } from "vitest";
import { silentLog } from "../../core/index.ts";
import type { ModuleDatabase } from "../../module-data/index.ts";
import type { Health } from "../../serving/health/index.ts";
import type { ModuleSpec } from "../../serving/runtime/index.ts";
import { ask } from "../../serving/runtime/testing/ask.ts";
import { createModuleFixture, type ModuleFixture } from "../../serving/runtime/testing/module-fixture.ts";
import { serving } from "../../serving/runtime/testing/sources.ts";
import { createServedVersions, type InstalledModule } from "../../supply/installed/index.ts";
import type { ModuleStore } from "../../supply/store/index.ts";
import { createActivation } from "./activation.ts";

let fixture: ModuleFixture | undefined;
afterEach(() => fixture?.close());

/** On a real runtime; what is started comes from the specs given, in place of a store of packed modules. */
function activationOf({ runtime }: ModuleFixture, specs: ModuleSpec[]) {
  const store = { getModule: async (digest: string) => specs.find((spec) => spec.digest === digest) };
  const registry = createServedVersions();
  const activation = createActivation({
    store: store as unknown as ModuleStore,
    health: { watch() {}, unwatch() {}, async gate() {} } as unknown as Health,
    database: {} as ModuleDatabase,
    ...{ registry, runtime, log: silentLog, secret: Buffer.alloc(32), hostSocket: "/nowhere" },
  });
  return { activation, registry };
}

const installed = ({ name, digest, manifest }: ModuleSpec, config = {}) =>
  ({
    name,
    title: name,
    digest,
    manifest,
    config,
    database: null,
    stoppedBy: null,
  }) as unknown as InstalledModule;

test("a version that was taken back while it did not start is not the one that is tried again", async () => {
  fixture = createModuleFixture();
  const good = fixture.module("stock", serving(), { memoryMb: 100 });
  const bad = fixture.module("stock", "process.exit(3);", { memoryMb: 101 });
  const { activation, registry } = activationOf(fixture, [good, bad]);
  await activation.reconcile([installed(bad)]);
  expect(fixture.runtime.socket("stock")).toBeNull();

  await activation.reconcile([installed(good)]);
  expect(registry.served("stock")?.digest).toBe(good.digest);
  expect((await ask(fixture.runtime.socket("stock"))).status).toBe(200);
  await activation.close();
});

test("settings that let a module start are used at once, not those it failed with", async () => {
  fixture = createModuleFixture();
  const source = serving(
    "config",
    "const config = JSON.parse(process.env.GRAFT_CONFIG); if (!config.ok) process.exit(3);",
  );
  const picky = fixture.module("picky", source);
  const { activation } = activationOf(fixture, [picky]);
  await activation.reconcile([installed(picky)]);
  expect(fixture.runtime.socket("picky")).toBeNull();

  await activation.reconcile([installed(picky, { ok: true })]);
  expect((await ask(fixture.runtime.socket("picky"))).body).toBe('{"ok":true}');
  await activation.close();
});
