import semver from "semver";
import { describePermissions } from "../../../contract/permissions.ts";
import type { Digest } from "../../core/index.ts";
import type { Flags } from "../../decisions/index.ts";
import type { DataPlace, MigrationPreview, MigrationVerdict } from "../../module-data/index.ts";
import type { CatalogService } from "../../supply/catalog/index.ts";
import type { CurrentState, InstalledCandidate } from "../../supply/installed/index.ts";
import type { Candidate, Resolution, ResolvedModule } from "../../supply/resolver/index.ts";
import type { StoredModule } from "../../supply/store/index.ts";
import { comparePermissions } from "./compare-permissions.ts";
import { describeModule } from "./describe-module.ts";
import type { ExpandedChanges } from "./expand-changes.ts";
import { formatSettings } from "./format-settings.ts";
import type { PlannedSchema, SchemaDeps } from "./plan-data-rollback.ts";
import { planSchema } from "./plan-schema.ts";
import { findLastData, planFromSnapshot } from "./plan-snapshot.ts";
import { requireOwnData } from "./same-publisher.ts";
import type {
  KeptSummary,
  PlanBody,
  PlanChange,
  PlanPermissionChange,
  PlanStep,
  SnapshotSummary,
} from "./types.ts";

/** With the number of the database; null: it is being made. */
type KeptHere = KeptSummary & { database: number | null; digest: Digest };

export interface ChangeDeps extends SchemaDeps {
  catalog: CatalogService;
  flags: Pick<Flags, "getAccess">;
}

export interface ChangeContext {
  current: CurrentState;
  expanded: ExpandedChanges;
  resolution: Resolution;
  kept: KeptHere[];
  /** An install was asked for: it grants what it lists, also of what it brings along. */
  grantsInstalls: boolean;
}

/** An install or upgrade with all that decides how it is done. */
interface Change {
  module: ResolvedModule;
  stored: StoredModule;
  /** The version that is installed. */
  before: InstalledCandidate | undefined;
  /** Where the data is that this version gets, installed or kept. */
  place: DataPlace | null;
  asked: Extract<PlanChange, { action: "install" }> | undefined;
  /** Data of an earlier install, which is used again unless `fresh`. */
  kept: KeptHere | undefined;
  fresh: boolean;
  /** The snapshot its data comes from. */
  last: SnapshotSummary | null;
  /** Null without a database. */
  planned: PlannedSchema | null;
}

export async function addChange(
  deps: ChangeDeps,
  body: PlanBody,
  { module, ...context }: ChangeContext & { module: ResolvedModule },
): Promise<void> {
  const change = await readChange(deps, module, context);
  const { stored, before, asked, kept, fresh, planned } = change;
  const { manifest } = stored;
  addSql(body, change);
  const extensions = new Map(planned?.preview.extensions.map((one) => [one.name, one]));
  for (const permission of describePermissions(manifest, extensions))
    body.permissions.push({ module: module.name, ...permission });
  body.permissionChanges.push(...askAgain(manifest, before, context));
  await addLosses(deps, body, change);
  if (kept) {
    const { database: _, digest: __, ...summary } = kept;
    body.keptData.push(summary);
  }
  const settings = context.expanded.settings.get(module.name);
  const texts = [
    ...(kept ? [formatKept(kept, change)] : []),
    ...(settings && !before ? [formatSettings(settings, manifest)] : []),
    ...(planned?.warnings ?? []).map(({ text }) => text),
    ...(startsEmpty(change, context) ? ["No snapshot of its data is left: it starts empty."] : []),
  ];
  body.warnings.push(...texts.map((text) => ({ module: module.name, text })));
  if (planned?.dataRollback) body.dataRollbacks.push(planned.dataRollback);
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

async function readChange(
  deps: ChangeDeps,
  module: ResolvedModule,
  { current, expanded, kept: all }: ChangeContext,
): Promise<Change> {
  const { name } = module;
  const stored = await deps.store.getModule(module.digest);
  const before = current.modules.find((installed) => installed.name === name);
  const asked = expanded.installs.get(name);
  const kept = before ? undefined : all.find((data) => data.module === name);
  const fresh = asked?.data === "fresh" || !(before || kept);
  if (kept && !fresh) requireOwnData(stored.manifest, (await deps.store.getModule(kept.digest)).manifest);
  const database = fresh ? null : (before?.database ?? kept?.database ?? null);
  const place = database === null ? null : { module: name, database };
  const change = { module, stored, before, place, asked, kept, fresh };
  if (!stored.manifest.database) return { ...change, last: null, planned: null };
  const last = await findLastData(deps, stored, { present: before ?? kept, expanded });
  const planned = last
    ? planFromSnapshot(stored, last, { replaces: before !== undefined, keeps: expanded.snapshots.has(name) })
    : await planSchema(deps, {
        ...{ target: stored, before, place },
        ...{ policy: expanded.policies.get(name), former: expanded.databases.get(name) },
      });
  return { ...change, last, planned };
}

/** Migrations that will run, and what leads back. */
function addSql(body: PlanBody, { module: { name: module }, planned }: Change): void {
  if (!planned) return;
  const { preview, schema } = planned;
  for (const { name: migration, sql } of preview.pending)
    body.sql.push({ module, migration, sql, verdicts: verdictsOf(preview, migration) });
  if (schema?.action !== "revert") return;
  for (const { name: migration, sql } of schema.way.scripts)
    body.sql.push({ module, migration, sql, verdicts: [] });
}

async function addLosses(deps: ChangeDeps, body: PlanBody, change: Change): Promise<void> {
  const { planned, kept, fresh, place } = change;
  const module = change.module.name;
  const statements = planned?.preview.destructive ?? [];
  if (statements.length > 0 && place !== null) {
    const { tables, rows, bytes, exact } = await deps.database.inspect(place);
    body.destructive.push({ module, tables, rows, bytes, exact, statements });
  }
  if (kept && fresh) {
    const { rows, bytes } = kept;
    body.destructive.push({ module, tables: [], rows, bytes, exact: true, statements: [] });
  }
}

function formatKept({ version }: KeptSummary, { last, fresh }: Change): string {
  if (last)
    return `Data kept from version ${version} makes room for the snapshot's, and stays as a snapshot itself.`;
  return fresh
    ? `Data kept from version ${version} is deleted and the module starts empty.`
    : `Data kept from version ${version} comes back.`;
}

/** Whoever goes back to it would expect its data. */
function startsEmpty(
  { stored, asked, fresh, kept, last, module }: Change,
  { expanded }: ChangeContext,
): boolean {
  const { database } = stored.manifest;
  return Boolean(database && asked && fresh && !kept && !last && expanded.pinned.has(module.name));
}

function verdictsOf(preview: MigrationPreview, migration: string): MigrationVerdict[] {
  return [...preview.destructive, ...preview.breaking, ...preview.slow]
    .filter((verdict) => verdict.migration === migration)
    .sort((a, b) => a.line - b.line);
}

/** What must be accepted once more. What a generation gone back to may do was granted when it was made. */
function askAgain(
  manifest: Candidate["manifest"],
  before: Candidate | undefined,
  { expanded, grantsInstalls }: ChangeContext,
): PlanPermissionChange[] {
  if (expanded.pinned.has(manifest.name)) return [];
  if (before) return comparePermissions(before.manifest, manifest);
  return grantsInstalls ? [] : comparePermissions(null, manifest);
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

function neededBy(module: ResolvedModule, resolution: Resolution): string | null {
  return resolution.modules.find((other) => other.needs.includes(module.name))?.name ?? null;
}
