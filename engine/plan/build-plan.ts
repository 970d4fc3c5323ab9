import semver from "semver";
import type { CatalogService } from "../catalog/index.ts";
import { GraftError, isGraftError } from "../core/index.ts";
import type { MigrationPreview, MigrationVerdict } from "../database/index.ts";
import type { Flags } from "../flags/index.ts";
import type { Candidate, Resolution, Resolve, ResolvedModule } from "../resolver/index.ts";
import type { StoredModule } from "../store/index.ts";
import { comparePermissions } from "./compare-permissions.ts";
import { describePermissions } from "./describe-permissions.ts";
import {
  type ExpandedChanges,
  expandChanges,
  type GenerationModule,
  type UninstallChange,
} from "./expand-changes.ts";
import { planSchema } from "./plan-schema.ts";
import { findLastData, planFromSnapshot } from "./plan-snapshot.ts";
import type { SchemaDeps } from "./plan-way-back.ts";
import { saySettings } from "./say-settings.ts";
import type {
  CurrentState,
  KeptSummary,
  PlanBody,
  PlanChange,
  PlanPermissionChange,
  PlanSettings,
  PlanStep,
} from "./types.ts";

export interface BuildPlanDeps extends SchemaDeps {
  catalog: CatalogService;
  resolve: Resolve;
  flags: Pick<Flags, "getAccess">;
  graftVersion: string;
  modulesOf(generation: number): Promise<GenerationModule[]>;
  keptData(): Promise<KeptSummary[]>;
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
    resolveTarget(deps, current, expanded, blockedBy.length > 0),
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
    waysBack: [],
    settingsBack: expanded.settingsBack,
    target: resolution.modules.map(({ name, version, digest }) => ({ name, version, digest })),
  };
  const grantsInstalls = changes.some((change) => change.action === "install");
  for (const module of resolution.modules) {
    const settings = expanded.settings.get(module.name);
    if (module.action !== "keep")
      await addChange(deps, body, module, { current, expanded, resolution, kept, grantsInstalls });
    else if (settings) body.steps.push(await settingsStep(deps, module, settings));
  }
  // Dependents stop before what they depend on.
  for (const module of resolution.removed.toReversed()) await addRemoval(deps, body, module, expanded.remove);
  if (body.steps.length === 0 && blockedBy.length === 0) {
    throw new GraftError("CONFLICT", "There is nothing to change: everything asked for is as it is.", {
      hint: "The newest version may be installed already.",
    });
  }
  return body;
}

async function resolveTarget(
  deps: BuildPlanDeps,
  current: CurrentState,
  expanded: ExpandedChanges,
  blocked: boolean,
): Promise<Resolution> {
  // A blocked plan is shown with its reason; it has no target of its own.
  if (blocked) {
    const keep = current.modules.map((m) => ({ ...m, action: "keep" as const, needs: [], requested: false }));
    const names = new Set(expanded.remove.map((change) => change.module));
    return { modules: keep, removed: current.modules.filter((module) => names.has(module.name)) };
  }
  const versions = await deps.catalog.versions();
  const available: Candidate[] = versions.filter((version) => !expanded.pinned.has(version.name));
  try {
    return deps.resolve({
      want: expanded.want,
      remove: expanded.remove.map((change) => change.module),
      installed: current.modules,
      available: [...available, ...expanded.pinned.values()],
      graftVersion: deps.graftVersion,
    });
  } catch (error) {
    throw (await whyNotOffered(deps, error)) ?? error;
  }
}

/** A module whose files found no room in the store is not offered; that is what an administrator has to know. */
async function whyNotOffered({ catalog }: BuildPlanDeps, error: unknown): Promise<GraftError | null> {
  if (!isGraftError(error) || error.code !== "MODULE_NOT_IN_CATALOG") return null;
  const { problems } = await catalog.search();
  const full = problems.find(({ code }) => code === "DISK_FULL");
  if (!full) return null;
  return new GraftError("DISK_FULL", `${full.path} cannot be offered. ${full.message}`, { retryable: true });
}

interface Context {
  current: CurrentState;
  expanded: ExpandedChanges;
  resolution: Resolution;
  kept: KeptSummary[];
  /** An install was asked for: it grants what it lists, also of what it brings along. */
  grantsInstalls: boolean;
}

async function addChange(
  deps: BuildPlanDeps,
  body: PlanBody,
  module: ResolvedModule,
  context: Context,
): Promise<void> {
  const stored = await deps.store.getModule(module.digest);
  const { manifest } = stored;
  const before = context.current.modules.find((m) => m.name === module.name);
  const asked = context.expanded.installs.get(module.name);
  const kept = before ? undefined : context.kept.find((k) => k.module === module.name);
  const fresh = asked?.data === "fresh" || !(before || kept);
  const last = manifest.database ? await findLastData(deps, stored, before ?? kept, context.expanded) : null;
  const planned = !manifest.database
    ? null
    : last
      ? planFromSnapshot(stored, last, before !== undefined)
      : await planSchema(deps, stored, before, fresh, context.expanded.policies.get(module.name));
  const preview = planned?.preview ?? null;

  for (const pending of preview?.pending ?? [])
    body.sql.push({
      module: module.name,
      migration: pending.name,
      sql: pending.sql,
      rewritten: pending.rewritten,
      verdicts: verdictsOf(preview, pending.name),
    });
  const schema = deps.database.names(module.name).schema;
  body.permissions.push(...describePermissions(manifest, schema, preview));
  body.permissionChanges.push(...askAgain(manifest, before, context));
  if (preview && preview.destructive.length > 0 && !fresh) {
    const { tables, rows, bytes } = await deps.database.inspect(module.name);
    body.destructive.push({ module: module.name, tables, rows, bytes, statements: preview.destructive });
  }
  if (kept) {
    body.keptData.push(kept);
    const text = last
      ? `Data kept from version ${kept.version} makes room for the snapshot's; a snapshot of it is taken first.`
      : fresh
        ? `Data kept from version ${kept.version} is deleted and the module starts empty.`
        : `Data kept from version ${kept.version} comes back.`;
    body.warnings.push({ module: module.name, text });
    if (fresh)
      body.destructive.push({
        module: module.name,
        tables: [],
        rows: kept.rows,
        bytes: kept.bytes,
        statements: [],
      });
  }
  const settings = context.expanded.settings.get(module.name);
  if (settings && !before) body.warnings.push({ module: module.name, text: saySettings(settings, manifest) });
  body.warnings.push(...(planned?.warnings ?? []));
  if (manifest.database && asked && fresh && !kept && !last && context.expanded.pinned.has(module.name))
    body.warnings.push({ module: module.name, text: "No snapshot of its data is left: it starts empty." });
  if (planned?.wayBack) body.waysBack.push(planned.wayBack);
  if (planned?.schema?.action === "revert")
    for (const { name, sql } of planned.schema.way.scripts)
      body.sql.push({ module: module.name, migration: name, sql, rewritten: [], verdicts: [] });
  body.steps.push({
    ...describeModule(module, stored),
    action: before ? "upgrade" : "install",
    from: before?.version ?? null,
    to: module.version,
    neededBy: module.requested ? null : neededBy(module, context.resolution),
    needs: module.needs,
    access: before ? deps.flags.getAccess(module.name) : (asked?.access ?? { mode: "nobody" }),
    data: kept ? (fresh ? "fresh" : "reuse") : null,
    ...(settings && { settings }),
    schema: planned?.schema ?? null,
    impact: planned?.impact ?? "none",
    changelog: before ? await readChangelog(deps.catalog, module, before.version) : [],
  });
}

/** A module that stays in its version: a process with the settings of then takes the place of the one that runs. */
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

function verdictsOf(preview: MigrationPreview | null, migration: string): MigrationVerdict[] {
  if (!preview) return [];
  return [...preview.destructive, ...preview.breaking, ...preview.slow]
    .filter((verdict) => verdict.migration === migration)
    .sort((a, b) => a.line - b.line);
}

/** What must be accepted once more. What a generation gone back to may do was granted when it was made. */
function askAgain(
  manifest: Candidate["manifest"],
  before: Candidate | undefined,
  { expanded, grantsInstalls }: Context,
): PlanPermissionChange[] {
  if (expanded.pinned.has(manifest.name)) return [];
  if (before) return comparePermissions(before.manifest, manifest);
  return grantsInstalls ? [] : comparePermissions(null, manifest);
}

const lastSnapshotText =
  "A snapshot of its data is taken first, so that going back brings the rows back. The five newest snapshots of a module are kept; Data deletes one at once.";

async function addRemoval(
  deps: BuildPlanDeps,
  body: PlanBody,
  module: Candidate,
  changes: UninstallChange[],
): Promise<void> {
  const data = changes.find((change) => change.module === module.name)?.data ?? "keep";
  const stored = await deps.store.getModule(module.digest);
  if (module.manifest.database) {
    const { tables, rows, bytes } = await deps.database.inspect(module.name);
    if (data !== "keep") {
      body.destructive.push({ module: module.name, tables, rows, bytes, statements: [] });
      body.warnings.push({ module: module.name, text: lastSnapshotText });
    } else
      body.warnings.push({
        module: module.name,
        text: `Its data stays: ${tables.length} tables with ${rows} rows.`,
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

/** A module that left every catalog has no changelog any more; that is no reason to refuse a plan. */
async function readChangelog(
  catalog: CatalogService,
  module: Candidate,
  from: string,
): Promise<PlanStep["changelog"]> {
  const versions = (await catalog.versions()).filter((version) => version.name === module.name);
  return versions
    .filter(({ version }) => semver.gt(version, from) && semver.lte(version, module.version))
    .sort((a, b) => semver.rcompare(a.version, b.version))
    .map(({ version, changelog }) => ({ version, text: changelog }));
}

type Described = Pick<
  PlanStep,
  "module" | "title" | "type" | "publisher" | "icon" | "digest" | "pages" | "widgets" | "api" | "size"
>;

export function describeModule(module: Candidate, stored: StoredModule): Described {
  const { title, type, publisher, icon, pages, widgets, api } = module.manifest;
  const found = { module: module.name, title, type, publisher, icon: icon ?? null, digest: module.digest };
  return { ...found, pages, widgets, api: Object.keys(api), size: stored.size };
}

function neededBy(module: ResolvedModule, resolution: Resolution): string | null {
  return resolution.modules.find((other) => other.needs.includes(module.name))?.name ?? null;
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
