import { type Digest, GraftError } from "../../core/index.ts";
import type { AccessSetting } from "../../decisions/index.ts";
import type { CurrentState, InstalledCandidate } from "../../supply/installed/index.ts";
import type { Candidate } from "../../supply/resolver/index.ts";
import { dropMarks, unmark } from "../../supply/settings/index.ts";
import type { ModuleStore } from "../../supply/store/index.ts";
import type {
  DataPolicy,
  PlanChange,
  PlanSettings,
  PlanSettingsBack,
  SnapshotSummary,
  StoredSnapshot,
} from "./types.ts";

export type InstallChange = Extract<PlanChange, { action: "install" }>;
type RollbackChange = Extract<PlanChange, { action: "rollback" }>;
export type UninstallChange = Extract<PlanChange, { action: "uninstall" }>;

export interface ExpandedChanges {
  want: { name: string; range?: string }[];
  remove: UninstallChange[];
  /** By module: what was said about access and data. */
  installs: Map<string, InstallChange>;
  /** Exact modules that must be used for a name (a rollback names digests, not versions). */
  pinned: Map<string, Candidate>;
  /** By module: the snapshot that was asked for. */
  snapshots: Map<string, StoredSnapshot>;
  /** By module: the number of the database that the generation gone back to names. */
  databases: Map<string, number>;
  /** By module that stays in its version: the database of the generation gone back to, which stands as it was left. */
  standing: Map<string, SnapshotSummary>;
  /** By module: what a rollback asked for its data. */
  policies: Map<string, DataPolicy>;
  /** By module whose former settings a rollback restores. */
  settings: Map<string, PlanSettings>;
  settingsBack: PlanSettingsBack | null;
}

/** A module of an old generation, with who had it then. */
export interface GenerationModule {
  name: string;
  digest: Digest;
  database?: number | null;
  access?: AccessSetting | null;
  /** As the generation was left; null when that was not recorded. */
  then?: PlanSettings | null;
  /** What is otherwise now; null: nothing, or not installed. */
  differs?: Omit<PlanSettingsBack, "chosen"> | null;
}

export interface ExpandDeps {
  store: ModuleStore;
  modulesOf(generation: number): Promise<GenerationModule[]>;
  findSnapshot(id: string): Promise<StoredSnapshot>;
  snapshotIn(module: string, database: number): Promise<SnapshotSummary | null>;
}

/** Turns what was asked into what to resolve; a rollback becomes the installs, upgrades and uninstalls it amounts to. */
export async function expandChanges(
  changes: readonly PlanChange[],
  current: CurrentState,
  deps: ExpandDeps,
): Promise<ExpandedChanges> {
  const out: ExpandedChanges = {
    want: [],
    remove: [],
    installs: new Map(),
    pinned: new Map(),
    snapshots: new Map(),
    databases: new Map(),
    standing: new Map(),
    policies: new Map(),
    settings: new Map(),
    settingsBack: null,
  };
  const installed = new Map(current.modules.map((module) => [module.name, module]));
  for (const change of changes) {
    if (change.action === "rollback") {
      await expandRollback(deps, { change, installed }, out);
      for (const [module, policy] of Object.entries(change.data ?? {})) out.policies.set(module, policy);
      continue;
    }
    if (change.action === "restore") {
      await expandRestore(deps, { snapshot: await deps.findSnapshot(change.snapshot), installed }, out);
      continue;
    }
    assertOnce(change.module, out);
    const present = installed.get(change.module);
    if (change.action === "install") {
      if (present) throw alreadyInstalled(present);
      out.installs.set(change.module, change);
      out.want.push(wish(change.module, change.version));
    } else {
      if (!present) throw notInstalled(change.module);
      if (change.action === "uninstall") out.remove.push(change);
      else out.want.push(wish(change.module, change.version ?? ">=0.0.0"));
    }
  }
  return out;
}

async function expandRollback(
  deps: ExpandDeps,
  { change, installed }: { change: RollbackChange; installed: Map<string, InstalledCandidate> },
  out: ExpandedChanges,
): Promise<void> {
  const target = await deps.modulesOf(change.generation);
  const names = new Set(target.map((module) => module.name));
  for (const name of installed.keys()) {
    if (!names.has(name)) out.remove.push({ action: "uninstall", module: name, data: "keep" });
  }
  const moved = target.filter(({ name, digest }) => installed.get(name)?.digest !== digest);
  const differing = target.flatMap(({ differs }) => differs ?? []);
  for (const { name, digest, database } of target) {
    if (typeof database !== "number") continue;
    out.databases.set(name, database);
    const present = installed.get(name);
    if (present?.digest !== digest || present.database === database) continue;
    const snapshot = await deps.snapshotIn(name, database);
    if (snapshot) out.standing.set(name, snapshot);
  }
  const chosen =
    change.settings ?? (moved.length === 0 && out.remove.length === 0 && out.standing.size === 0);
  if (differing.length > 0)
    out.settingsBack = {
      chosen,
      access: differing.flatMap(({ access }) => access),
      config: differing.flatMap(({ config }) => config),
    };
  if (chosen) giveSettings(target, installed, out);
  for (const { name, digest, access: atCommit, then } of moved) {
    const stored = await deps.store.getModule(digest);
    out.pinned.set(name, { name, version: stored.manifest.version, digest, manifest: stored.manifest });
    out.want.push({ name, range: `=${stored.manifest.version}` });
    if (installed.has(name)) continue;
    const access = then ? then.access[name] : atCommit;
    out.installs.set(name, { action: "install", module: name, data: "reuse", ...(access ? { access } : {}) });
    // Its own are gone with its removal, also the secrets: those of a generation were never in it.
    if (then) out.settings.set(name, { ...then, config: dropMarks(then.config) });
  }
}

/** To modules that stay: the mask keeps the secrets they have. */
function giveSettings(
  target: readonly GenerationModule[],
  installed: Map<string, InstalledCandidate>,
  out: ExpandedChanges,
): void {
  for (const { name, then, differs } of target) {
    const present = installed.get(name);
    if (present && then && differs) out.settings.set(name, { ...then, config: unmark(then.config) });
  }
}

async function expandRestore(
  deps: ExpandDeps,
  { snapshot, installed }: { snapshot: StoredSnapshot; installed: Map<string, InstalledCandidate> },
  out: ExpandedChanges,
): Promise<void> {
  const { module: name, digest } = snapshot;
  assertOnce(name, out);
  if (installed.get(name)?.digest === digest)
    throw new GraftError("INVALID_INPUT", `The data of ${name} is restored by a plan of its own.`, {
      hint: "Ask for this one change alone.",
    });
  const { manifest } = await deps.store.getModule(digest);
  out.pinned.set(name, { name, version: manifest.version, digest, manifest });
  out.want.push({ name, range: `=${manifest.version}` });
  out.snapshots.set(name, snapshot);
  if (!installed.has(name)) out.installs.set(name, { action: "install", module: name, data: "reuse" });
}

const wish = (name: string, range: string | undefined) => (range === undefined ? { name } : { name, range });

function assertOnce(module: string, out: ExpandedChanges): void {
  if (!out.want.some((w) => w.name === module) && !out.remove.some((r) => r.module === module)) return;
  throw new GraftError("INVALID_INPUT", `The plan asks for two changes of ${module}.`, {
    hint: "Ask for one change per module.",
    details: { module },
  });
}

function alreadyInstalled(present: Candidate): GraftError {
  return new GraftError(
    "MODULE_ALREADY_INSTALLED",
    `${present.manifest.title} ${present.version} is installed already.`,
    {
      hint: "Plan an upgrade to change its version.",
      details: { module: present.name, version: present.version },
    },
  );
}

function notInstalled(module: string): GraftError {
  return new GraftError("MODULE_NOT_INSTALLED", `${module} is not installed.`, { details: { module } });
}
