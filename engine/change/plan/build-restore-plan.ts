import { GraftError } from "../../core/index.ts";
import type { CurrentState } from "../../supply/installed/index.ts";
import type { ModuleStore } from "../../supply/store/index.ts";
import { describeModule } from "./describe-module.ts";
import type { PlanBody, SnapshotSummary } from "./types.ts";

/** As going back to a snapshot, with the version that is installed: its requests wait, and a snapshot is taken first. */
export async function buildRestorePlan(
  store: ModuleStore,
  current: CurrentState,
  { module, snapshot }: { module: string; snapshot: SnapshotSummary },
): Promise<PlanBody> {
  const installed = current.modules.find(({ name }) => name === module);
  if (!installed)
    throw new GraftError("MODULE_NOT_INSTALLED", `${module} is not installed.`, { details: { module } });
  const stored = await store.getModule(installed.digest);
  const { id, takenAt, rows, database } = snapshot;
  return {
    steps: [
      {
        ...describeModule(installed, stored),
        action: "upgrade",
        from: installed.version,
        to: installed.version,
        neededBy: null,
        needs: [],
        access: null,
        data: null,
        // The snapshot stays, to be had again.
        schema: { action: "restore", snapshot: id, takenAt, rows, by: database === null ? "file" : "copy" },
        impact: "breaking",
        changelog: [],
      },
    ],
    sql: [],
    permissions: [],
    permissionChanges: [],
    warnings: [
      {
        module,
        text: `Its data becomes that of ${takenAt}, ${rows} rows. What it has now stays as a snapshot.`,
      },
    ],
    destructive: [],
    blockedBy: [],
    keptData: [],
    dataRollbacks: [],
    settingsBack: null,
    leftOut: [],
    target: current.modules.map(({ name, version, digest }) => ({ name, version, digest })),
  };
}
