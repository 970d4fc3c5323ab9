import { isDeepStrictEqual } from "node:util";
import type { Actor, HostDb, HostTx } from "../../core/index.ts";
import { type Access, auditIn } from "../../people/index.ts";
import { changeRollout } from "../targeting/change-rollout.ts";
import { contextOf } from "../targeting/context-of.ts";
import { explainFlag } from "../targeting/explain-flag.ts";
import type { FlagLookup } from "../targeting/flag-lookup.ts";
import { type PreviewedFlag, previewFlag } from "../targeting/preview-flag.ts";
import type { AccessSetting, AccessTarget, AccessWritten, Flags, Reader } from "../types.ts";
import { accessDefinition, accessKey, given, withheld } from "./access-definition.ts";
import { createSettingChecks, normaliseSetting } from "./check-setting.ts";
import type { Decide } from "./compile-rules.ts";
import { type ExplainRules, explainDecision } from "./explain-decision.ts";
import { listHolders } from "./list-holders.ts";
import type { LiveRules } from "./live-rules.ts";
import { recordAccessChange } from "./record-access-change.ts";
import { groupsOf, removeGroupFromAccess } from "./remove-group.ts";
import {
  deleteModuleRules,
  deleteRule,
  lockModuleRules,
  lockRule,
  selectRulesIn,
  upsertRule,
} from "./rules.sql.ts";
import { summariseAccess } from "./summarise-access.ts";
import { switchGroup } from "./switch-group.ts";
import { trackRules } from "./track-rules.ts";

type OfAccess =
  | "decide"
  | "explain"
  | "previewAccess"
  | "holders"
  | "getAccess"
  | "listAccess"
  | "setAccess"
  | "setGroupAccess"
  | "rolloutAccess"
  | "clearAccess"
  | "requireGroups"
  | "readRules"
  | "writeRule"
  | "removeRules"
  | "trackRules";

export interface AccessRules extends Pick<Flags, OfAccess> {
  /** Null takes the rule away; `summary` unless its own words will do. @throws NOT_FOUND, INVALID_INPUT */
  write(
    actor: Actor,
    target: AccessTarget,
    wanted: { setting: AccessSetting | null; summary?: string },
  ): Promise<AccessWritten>;
  /** Targets whose rules ask for a group. */
  namingGroup(group: string): AccessTarget[];
  /** In the transaction that deletes a group: no rule asks for it any more. */
  removeGroup(tx: HostTx, actor: Actor, group: string): Promise<void>;
}

/** Who gets modules and widgets: asked, explained and changed. */
export function createAccessRules(deps: {
  db: HostDb;
  access: Access;
  rules: LiveRules;
  flags: FlagLookup;
  /** Resolves once what was written is in memory. */
  refresh: () => Promise<void>;
}): AccessRules {
  const { db, rules, flags, refresh } = deps;
  const { directory } = deps.access;
  const checks = createSettingChecks({ directory, rules, flags });

  const write: AccessRules["write"] = async (actor, target, wanted) => {
    const setting = wanted.setting && normaliseSetting(wanted.setting);
    if (setting === null) checks.requireTarget(target);
    else await checks.requireSetting(target, setting);
    const { summary = summariseAccess(target, setting) } = wanted;
    const written = await db.prisma.$transaction((tx) => writeIn(tx, actor, { target, setting, summary }));
    await refresh();
    return written;
  };
  const setGroupAccess: AccessRules["setGroupAccess"] = async (actor, target, change) => {
    checks.requireTarget(target);
    await checks.requireGroups({ mode: "groups", groups: [change.group] });
    const [module = target] = target.split("/");
    const written = await db.prisma.$transaction(async (tx) => {
      // The module's rules are locked, not the target's alone: where it has none yet there is no row to lock.
      const stored = await lockModuleRules(tx, [module]);
      const own = stored.get(target) ?? null;
      const inherited = target === module ? {} : { inherited: stored.get(module) ?? null };
      const setting = switchGroup({ own, ...inherited }, change);
      return writeIn(tx, actor, { target, setting, summary: summariseAccess(target, setting) });
    });
    await refresh();
    return written;
  };
  const explainRules =
    (reader?: Reader): ExplainRules =>
    (target, setting, identity) =>
      explainFlag(accessKey(target), accessDefinition(setting), {
        person: { name: identity.name, context: contextOf(identity) },
        userName: (id) => directory.identity(id)?.name ?? id,
        resolve: (definition) => flags.resolve(accessKey(target), definition),
        reader,
      });
  const explain: AccessRules["explain"] = (identity, target, reader) =>
    explainDecision({
      ...{ decide: rules.decide, settings: rules.settings },
      ...{ identity, target, explainRules: explainRules(reader) },
    });

  return {
    decide: rules.decide,
    explain,
    async previewAccess(target, proposed) {
      if (proposed === null) checks.requireTarget(target);
      else await checks.requireSetting(target, normaliseSetting(proposed));
      const next = new Map(rules.settings);
      if (proposed === null) next.delete(target);
      else next.set(target, normaliseSetting(proposed));
      const before = asFlag(rules.decide, target);
      return previewFlag(before, asFlag(rules.compile(next), target), directory.identities());
    },
    holders: (target, { reader, ...query } = {}) =>
      listHolders({
        users: directory.identities(),
        decide: (identity) => rules.decide(identity, target),
        explain: (identity) => explain(identity, target, reader),
        ...query,
      }),
    getAccess: (target) => rules.settings.get(target) ?? null,
    listAccess: () => [...rules.settings].map(([target, setting]) => ({ target, setting })),
    setAccess: (actor, target, setting) => write(actor, target, { setting }),
    clearAccess: (actor, target) => write(actor, target, { setting: null }),
    setGroupAccess,
    async rolloutAccess(actor, target, action) {
      checks.requireTarget(target);
      await refresh();
      const setting = rules.settings.get(target);
      const own = setting?.mode === "rules" ? setting.targeting : undefined;
      const { targeting, summary } = changeRollout(target, own, action);
      return write(actor, target, { setting: { mode: "rules", targeting }, summary });
    },
    write,
    namingGroup: (group) =>
      [...rules.settings]
        .filter(([, setting]) => groupsOf(setting).includes(group))
        .map(([target]) => target),
    requireGroups: checks.requireGroups,
    readRules: selectRulesIn,
    writeRule: (tx, target, setting) => upsertRule(tx, target, normaliseSetting(setting)),
    removeRules: deleteModuleRules,
    removeGroup: removeGroupFromAccess,
    trackRules,
  };
}

/** With audit and history. */
async function writeIn(
  tx: HostTx,
  actor: Actor,
  change: { target: AccessTarget; setting: AccessSetting | null; summary: string },
): Promise<AccessWritten> {
  const { target, setting, summary } = change;
  const previous = await lockRule(tx, target);
  await (setting === null ? deleteRule(tx, target) : upsertRule(tx, target, setting));
  const action = setting === null ? "access.clear" : "access.set";
  await auditIn(tx, actor, { action, target, summary, details: { previous, setting } });
  if (isDeepStrictEqual(previous, setting)) return { previous, changeId: null };
  const changed = { target, summary, before: previous, after: setting };
  return { previous, changeId: await recordAccessChange(tx, actor, changed) };
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
