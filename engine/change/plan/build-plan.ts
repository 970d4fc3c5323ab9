import { basename } from "node:path";
import { type Digest, GraftError, isGraftError } from "../../core/index.ts";
import type { CurrentState, InstalledCandidate } from "../../supply/installed/index.ts";
import {
  type Candidate,
  type Resolution,
  type ResolvedModule,
  resolve,
} from "../../supply/resolver/index.ts";
import { addChange, type ChangeDeps } from "./add-change.ts";
import { describeModule } from "./describe-module.ts";
import {
  type ExpandedChanges,
  expandChanges,
  type GenerationModule,
  type UninstallChange,
} from "./expand-changes.ts";
import { formatLastSnapshot } from "./format-last-snapshot.ts";
import { placeOf } from "./place-of.ts";
import { formatBack } from "./plan-data-rollback.ts";
import { explainForeign, ofSamePublisher } from "./same-publisher.ts";
import type {
  KeptSummary,
  PlanBody,
  PlanChange,
  PlanSettings,
  PlanStep,
  SnapshotRetention,
  SnapshotSummary,
} from "./types.ts";

export interface BuildPlanDeps extends ChangeDeps {
  graftVersion: string;
  modulesOf(generation: number): Promise<GenerationModule[]>;
  keptData(): Promise<(KeptSummary & { database: number | null; digest: Digest })[]>;
  retention(): Promise<SnapshotRetention>;
}

/** Computes what the changes would do; reads the catalogs, the store and the database, and changes nothing. */
export async function buildPlan(
  deps: BuildPlanDeps,
  current: CurrentState,
  changes: PlanChange[],
): Promise<PlanBody> {
  const expanded = await expandChanges(changes, current, deps);
  // A version gone back to may not need what the installed one does.
  const afterwards = current.modules.map((module) => expanded.pinned.get(module.name) ?? module);
  const blockedBy = findBlocked(afterwards, expanded.remove);
  const [resolution, kept] = await Promise.all([
    resolveTarget(deps, { current, expanded, blocked: blockedBy.length > 0 }),
    deps.keptData(),
  ]);
  const body: PlanBody = {
    steps: [],
    sql: [],
    permissions: [],
    permissionChanges: [],
    leftOut: [],
    warnings: [],
    destructive: [],
    blockedBy,
    keptData: [],
    dataRollbacks: [],
    settingsBack: expanded.settingsBack,
    target: resolution.modules.map(({ name, version, digest }) => ({ name, version, digest })),
  };
  const grantsInstalls = changes.some((change) => change.action === "install");
  for (const module of resolution.modules) {
    const settings = expanded.settings.get(module.name);
    const standing = expanded.standing.get(module.name);
    if (module.action !== "keep")
      await addChange(deps, body, { module, current, expanded, resolution, kept, grantsInstalls });
    else if (standing) await addStanding(deps, body, { module, standing, settings, current });
    else if (settings) body.steps.push(await settingsStep(deps, module, settings));
  }
  // Dependents stop before what they depend on.
  for (const { name } of resolution.removed.toReversed()) {
    const module = current.modules.find((installed) => installed.name === name);
    if (module) await addRemoval(deps, body, { module, changes: expanded.remove });
  }
  if (body.steps.length === 0 && blockedBy.length === 0) {
    throw new GraftError("CONFLICT", "There is nothing to change: everything asked for is as it is.", {
      hint: "The newest version may be installed already.",
    });
  }
  return body;
}

async function resolveTarget(
  deps: BuildPlanDeps,
  { current, expanded, blocked }: { current: CurrentState; expanded: ExpandedChanges; blocked: boolean },
): Promise<Resolution> {
  // A blocked plan is shown with its reason; it has no target of its own.
  if (blocked) {
    const keep = current.modules.map((m) => ({ ...m, action: "keep" as const, needs: [], requested: false }));
    const names = new Set(expanded.remove.map((change) => change.module));
    return { modules: keep, removed: current.modules.filter((module) => names.has(module.name)) };
  }
  const versions = await deps.catalog.versions();
  const { own, foreign } = ofSamePublisher(
    versions.filter((version) => !expanded.pinned.has(version.name)),
    current.modules,
  );
  const available: Candidate[] = own;
  try {
    return resolve({
      want: expanded.want,
      remove: expanded.remove.map((change) => change.module),
      installed: current.modules,
      available: [...available, ...expanded.pinned.values()],
      graftVersion: deps.graftVersion,
    });
  } catch (error) {
    throw (await whyNotOffered(deps, error)) ?? explainForeign(error, { foreign, want: expanded.want });
  }
}

/** A module that is there and not offered: what is wrong with its folder is what an administrator has to know. */
async function whyNotOffered({ catalog }: BuildPlanDeps, error: unknown): Promise<GraftError | null> {
  if (!isGraftError(error) || error.code !== "MODULE_NOT_IN_CATALOG") return null;
  const { problems } = await catalog.search();
  const full = problems.find(({ code }) => code === "DISK_FULL");
  if (full)
    return new GraftError("DISK_FULL", `${full.path} cannot be offered. ${full.message}`, {
      retryable: true,
    });
  const name = String(error.details.module);
  const refused = problems.find(({ path }) => basename(path).replace(/-\d.*$/, "") === name);
  if (!refused) return null;
  return new GraftError("MODULE_NOT_IN_CATALOG", `${error.message} ${refused.path}: ${refused.message}`, {
    details: { ...error.details, problem: refused },
  });
}

/** A module that stays in its version: a process with the former settings replaces the running one. */
async function settingsStep(
  deps: BuildPlanDeps,
  module: ResolvedModule,
  settings: PlanSettings,
): Promise<PlanStep> {
  const { version } = module;
  return {
    ...describeModule(module, await deps.store.getModule(module.digest)),
    ...{ action: "upgrade", from: version, to: version, neededBy: null, needs: module.needs },
    ...{ access: deps.flags.getAccess(module.name), data: null, settings, impact: "none", changelog: [] },
    schema: module.manifest.database ? { action: "keep" } : null,
  };
}

/** A module that stays in its version, and whose data is what the generation gone back to names. */
async function addStanding(
  deps: BuildPlanDeps,
  body: PlanBody,
  from: {
    module: ResolvedModule;
    standing: SnapshotSummary;
    settings: PlanSettings | undefined;
    current: CurrentState;
  },
): Promise<void> {
  const { module } = from;
  const { id, takenAt, rows } = from.standing;
  const place = placeOf(from.current, module.name);
  const present = place ? (await deps.database.inspect(place)).rows : 0;
  const { version } = module;
  body.steps.push({
    ...describeModule(module, await deps.store.getModule(module.digest)),
    ...{ action: "upgrade", from: version, to: version, neededBy: null, needs: module.needs },
    ...{ access: deps.flags.getAccess(module.name), data: null, impact: "breaking", changelog: [] },
    ...(from.settings && { settings: from.settings }),
    schema: { action: "restore", snapshot: id, takenAt, rows, by: "pointing" },
  });
  body.warnings.push({ module: module.name, text: formatBack(from.standing, present) });
}

async function addRemoval(
  deps: BuildPlanDeps,
  body: PlanBody,
  { module, changes }: { module: InstalledCandidate; changes: UninstallChange[] },
): Promise<void> {
  const data = changes.find((change) => change.module === module.name)?.data ?? "keep";
  const stored = await deps.store.getModule(module.digest);
  if (module.database !== null) {
    const place = { module: module.name, database: module.database };
    const { tables, rows, bytes, exact } = await deps.database.inspect(place);
    if (data !== "keep") {
      body.destructive.push({ module: module.name, tables, rows, bytes, exact, statements: [] });
      body.warnings.push({ module: module.name, text: formatLastSnapshot(await deps.retention()) });
    } else
      body.warnings.push({
        module: module.name,
        text: `Its data stays: ${tables.length} tables with ${exact ? "" : "about "}${rows} rows.`,
      });
  }
  body.steps.push({
    ...describeModule(module, stored),
    action: "uninstall",
    from: module.version,
    to: null,
    neededBy: null,
    needs: Object.keys(module.manifest.dependencies),
    access: deps.flags.getAccess(module.name),
    data,
    schema: null,
    impact: "none",
    changelog: [],
  });
}

/** Installed modules, not themselves to be removed, that need one that is. */
function findBlocked(installed: Candidate[], remove: UninstallChange[]): PlanBody["blockedBy"] {
  const leaving = new Set(remove.map((change) => change.module));
  const staying = installed.filter((module) => !leaving.has(module.name));
  return [...leaving].flatMap((name) => {
    const provided = Object.keys(installed.find((m) => m.name === name)?.manifest.provides ?? {});
    const stillProvided = new Set(staying.flatMap((m) => Object.keys(m.manifest.provides)));
    const lost = provided.filter((capability) => !stillProvided.has(capability));
    const needers = staying.filter(
      ({ manifest }) => name in manifest.dependencies || lost.some((c) => c in manifest.needs),
    );
    return needers.length > 0 ? [{ module: name, neededBy: needers.map((m) => m.name) }] : [];
  });
}
