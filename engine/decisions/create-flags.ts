import { isDeepStrictEqual } from "node:util";
import type { AccessSetting } from "../../contract/access.ts";
import type { FlagDefinition } from "../../contract/flags.ts";
import {
  type Actor,
  createReloadQueue,
  GraftError,
  type HostDb,
  type Listener,
  type Log,
} from "../core/index.ts";
import { type Access, auditIn } from "../people/index.ts";
import { accessDefinition, accessKey, given, withheld } from "./access/access-definition.ts";
import { compileRules, type Decide, type InstalledModule } from "./access/compile-rules.ts";
import { type ExplainRules, explainDecision } from "./access/explain-decision.ts";
import { listHolders } from "./access/list-holders.ts";
import {
  deleteModuleRules,
  deleteRule,
  flagsChannel,
  lockRule,
  selectRules,
  selectRulesIn,
  upsertRule,
} from "./access/rules.sql.ts";
import { changeRollout } from "./features/change-rollout.ts";
import { createFeatures } from "./features/create-features.ts";
import { recordAccessChange } from "./features/flag-history.ts";
import { trackRules } from "./features/record-commit.ts";
import { groupsOf, removeGroupFromAccess } from "./features/remove-group.ts";
import { createSchedule } from "./features/schedule.ts";
import { summariseAccess } from "./features/summarise-change.ts";
import { findTargetingProblems } from "./targeting/check-flag.ts";
import { compileFlag } from "./targeting/compile-flag.ts";
import { contextOf } from "./targeting/context-of.ts";
import { explainFlag } from "./targeting/explain-flag.ts";
import { type PreviewedFlag, previewFlag } from "./targeting/preview-flag.ts";
import type { AccessTarget, Flags, Reader } from "./types.ts";

const pollMs = 15_000;

/**
 * Resolves once every rule is in memory; nothing is allowed until {@link Flags.setInstalled} was called. With
 * PostgreSQL gone the last state serves on. The listener stays the caller's to close.
 */
export async function createFlags(deps: {
  db: HostDb;
  access: Access;
  log: Log;
  listener: Listener;
}): Promise<Flags> {
  const { db, access, listener } = deps;
  let rules: ReadonlyMap<AccessTarget, AccessSetting> = new Map();
  let installed: readonly InstalledModule[] = [];
  let decide: Decide = compileRules(rules, installed);
  const changeListeners = new Set<() => void>();

  const build = (key: string, definition: FlagDefinition) =>
    compileFlag(key, features.resolve(key, definition));
  const compile = (settings: ReadonlyMap<AccessTarget, AccessSetting>) =>
    compileRules(settings, installed, build);

  const tell = () => {
    for (const changed of changeListeners) changed();
  };
  // What a date in a rule changes is told when the date comes, as what a person changes is when they do.
  const schedule = createSchedule(tell);

  function recompile() {
    decide = compile(rules);
    schedule.follow([
      ...[...rules.values()].map((setting) => accessDefinition(setting).targeting),
      ...features.list().map(({ definition }) => definition.targeting),
    ]);
    tell();
  }

  const queue = createReloadQueue(async () => {
    const [fresh, changedFeatures] = await Promise.all([selectRules(db.pool), features.reload()]);
    if (sameRules(rules, fresh) && !changedFeatures) return;
    rules = fresh;
    recompile();
  });
  const refresh = () => queue.reload("*");
  const features = createFeatures({ db, access, log: deps.log, refresh, writeAccess: write });
  const refreshInBackground = () =>
    void refresh().catch((error) =>
      deps.log.warn({ err: error }, "access rules and flags could not be read; serving the last state"),
    );
  const stopHearing = listener.on(flagsChannel, refreshInBackground);
  const stopReconnect = listener.onReconnect(refreshInBackground);
  const poll = setInterval(refreshInBackground, pollMs).unref();
  access.groups.onDelete(async (tx, key, actor) => {
    await removeGroupFromAccess(tx, actor, key);
    await features.removeGroup(tx, actor, key);
  });
  await listener.listening();
  await refresh();

  async function change(
    actor: Actor,
    target: AccessTarget,
    setting: AccessSetting | null,
    summary = summariseAccess(target, setting),
  ) {
    const written = await db.prisma.$transaction(async (tx) => {
      const before = await lockRule(tx, target);
      await (setting === null ? deleteRule(tx, target) : upsertRule(tx, target, setting));
      const action = setting === null ? "access.clear" : "access.set";
      await auditIn(tx, actor, { action, target, summary, details: { previous: before, setting } });
      const same = isDeepStrictEqual(before, setting);
      const changed = { summary, before, after: setting };
      return {
        previous: before,
        changeId: same ? null : await recordAccessChange(tx, actor, target, changed),
      };
    });
    await refresh();
    return written;
  }

  /** @throws NOT_FOUND, INVALID_INPUT */
  async function write(actor: Actor, target: AccessTarget, wanted: AccessSetting | null, summary?: string) {
    const setting = wanted && normalise(wanted);
    if (setting === null) requireTarget(target);
    else await requireSetting(target, setting);
    return change(actor, target, setting, summary);
  }

  function requireTarget(target: AccessTarget) {
    const [module, widget, ...rest] = target.split("/");
    const found = installed.find(({ name }) => name === module);
    if (found !== undefined && rest.length === 0 && (widget === undefined || found.widgets.includes(widget)))
      return;
    const what =
      found === undefined ? `The module ${module} is not installed` : `${module} has no widget ${widget}`;
    const hint = "Going back to a generation that had it brings it back with who got it.";
    throw new GraftError("NOT_FOUND", `${what}.`, { hint, details: { target } });
  }

  async function requireGroups(setting: AccessSetting) {
    const named = groupsOf(setting);
    const missing = () => named.filter((key) => !access.directory.groupKeys().includes(key));
    // Another host may have made the group a moment ago.
    if (missing().length > 0) await access.directory.refresh();
    if (missing().length === 0) return;
    throw new GraftError("NOT_FOUND", `There is no group ${missing().join(", ")}.`, {
      details: { missing: missing() },
    });
  }

  /** @throws NOT_FOUND, INVALID_INPUT */
  async function requireSetting(target: AccessTarget, setting: AccessSetting) {
    requireTarget(target);
    await requireGroups(setting);
    if (setting.mode !== "rules") return;
    const [...problems] = findTargetingProblems(accessKey(target), accessDefinition(setting), {
      evaluators: features.evaluators(),
      find: features.find,
    });
    if (problems.length === 0) return;
    throw new GraftError(
      "INVALID_INPUT",
      `The rules of ${target} are not accepted: ${problems.join("; ")}.`,
      {
        hint: "Rules answer `given` or `withheld`, in flagd's targeting.",
        details: { fieldErrors: { targeting: problems } },
      },
    );
  }

  const explainRules =
    (reader?: Reader): ExplainRules =>
    (target, setting, identity) =>
      explainFlag(accessKey(target), accessDefinition(setting), {
        person: { name: identity.name, context: contextOf(identity) },
        userName: (id) => access.directory.identity(id)?.name ?? id,
        resolve: (definition) => features.resolve(accessKey(target), definition),
        reader,
      });

  return {
    decide: (identity, target) => decide(identity, target),
    explain: (identity, target, reader) =>
      explainDecision(decide, rules, identity, target, explainRules(reader)),
    async previewAccess(target, proposed) {
      if (proposed === null) requireTarget(target);
      else await requireSetting(target, normalise(proposed));
      const next = new Map(rules);
      if (proposed === null) next.delete(target);
      else next.set(target, normalise(proposed));
      const [before, after] = [decide, compile(next)].map((ask) => asFlag(ask, target));
      return previewFlag(before ?? null, after ?? null, access.directory.identities());
    },
    holders: (target, { reader, ...query } = {}) =>
      listHolders({
        users: access.directory.identities(),
        decide: (identity) => decide(identity, target),
        explain: (identity) => explainDecision(decide, rules, identity, target, explainRules(reader)),
        ...query,
      }),
    getAccess: (target) => rules.get(target) ?? null,
    listAccess: () => [...rules].map(([target, setting]) => ({ target, setting })),
    setAccess: (actor, target, setting) => write(actor, target, setting),
    clearAccess: (actor, target) => write(actor, target, null),
    async rolloutAccess(actor, target, action) {
      requireTarget(target);
      await refresh();
      const setting = rules.get(target);
      const own = setting?.mode === "rules" ? setting.targeting : undefined;
      const { targeting, summary } = changeRollout(target, own, action);
      return write(actor, target, { mode: "rules", targeting }, summary);
    },
    namesGroup: (key) => ({
      targets: [...rules].filter(([, setting]) => groupsOf(setting).includes(key)).map(([target]) => target),
      ...features.namesGroup(key),
    }),
    requireGroups,
    readRules: selectRulesIn,
    writeRule: (tx, target, setting) => upsertRule(tx, target, normalise(setting)),
    removeRules: deleteModuleRules,
    trackRules,
    setInstalled(modules) {
      installed = modules;
      features.setDeclared(modules);
      recompile();
    },
    onChange(listener) {
      changeListeners.add(listener);
      return () => void changeListeners.delete(listener);
    },
    features,
    refresh,
    async close() {
      clearInterval(poll);
      stopHearing();
      stopReconnect();
      schedule.stop();
      await features.close();
      await queue.idle();
    },
  };
}

/** Whether somebody was given a target, as the preview of flags asks. */
function asFlag(decide: Decide, target: AccessTarget): PreviewedFlag {
  const answers = [false, true].map((value) => ({
    evaluation: { key: target, value, variant: value ? given : withheld, reason: "TARGETING_MATCH" as const },
  }));
  return {
    evaluate: (_context, identity) => {
      const { allowed, reason } = decide(identity, target);
      return answers[allowed && reason !== "ADMINISTRATOR" ? 1 : 0] as (typeof answers)[number];
    },
  };
}

function normalise(setting: AccessSetting): AccessSetting {
  if (setting.mode === "rules") return { mode: "rules", targeting: setting.targeting };
  if (setting.mode !== "groups") return { mode: setting.mode };
  return { mode: "groups", groups: [...new Set(setting.groups)].sort() };
}

function sameRules(a: ReadonlyMap<AccessTarget, AccessSetting>, b: ReadonlyMap<AccessTarget, AccessSetting>) {
  return a.size === b.size && JSON.stringify([...a]) === JSON.stringify([...b]);
}
