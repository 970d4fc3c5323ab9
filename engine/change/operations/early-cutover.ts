import { faultPoint } from "../../core/index.ts";
import { describedBy, type RegistryRoom } from "../../supply/installed/index.ts";
import type { ModuleStore } from "../../supply/store/index.ts";
import type { Activation } from "../activation/activation.ts";
import { configAt } from "./commit-generation.ts";
import type { JournalChange } from "./journal.ts";
import type { OperationLog } from "./operation-log.ts";

interface AheadDeps {
  store: ModuleStore;
  registry: RegistryRoom;
  activation: Activation;
}

/**
 * The older versions take over beside the newer ones, whose last processes then end: from here on nothing writes what is
 * about to go. Before the first table is locked; on a throw a reconciliation with the registry brings the newer ones back.
 * @throws MODULE_UNHEALTHY, MODULE_START_FAILED
 */
export async function cutOverEarly(
  deps: AheadDeps,
  changes: readonly JournalChange[],
  steps: OperationLog,
): Promise<void> {
  for (const change of changes) {
    if (!change.ahead) continue;
    await steps.step("switch", change.module, async () => {
      await takeOver(deps, change);
      faultPoint("ahead.drain.before");
      await deps.activation.drained(change.module);
    });
  }
}

async function takeOver({ store, registry, activation }: AheadDeps, change: JournalChange): Promise<void> {
  const { module, digest, settings } = change;
  const now = registry.get(module);
  if (now === null) return;
  const { manifest } = await store.getModule(digest);
  const config = settings ? configAt(manifest, settings, now.config) : now.config;
  await activation.replace({ ...now, ...describedBy(manifest), digest, config });
}
