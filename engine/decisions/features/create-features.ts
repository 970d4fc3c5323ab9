import { isDeepStrictEqual } from "node:util";
import type { AccessSetting } from "../../../contract/access.ts";
import type { FlagDefinition, FlagInput, FlagView } from "../../../contract/flags.ts";
import type { Manifest } from "../../../sdk/manifest/index.ts";
import {
  type Actor,
  type Close,
  GraftError,
  type HostDb,
  type HostTx,
  type Json,
  type Log,
} from "../../core/index.ts";
import type { Access } from "../../people/index.ts";
import { targetOf } from "../access/access-definition.ts";
import { compileFlag } from "../targeting/compile-flag.ts";
import { contextOf } from "../targeting/context-of.ts";
import { evaluateBulk } from "../targeting/evaluate-bulk.ts";
import { explainFlag } from "../targeting/explain-flag.ts";
import { declareFlags } from "../targeting/module-flags.ts";
import { previewFlag } from "../targeting/preview-flag.ts";
import { type FindFlag, inlineRequirements } from "../targeting/requirements.ts";
import type { AccessTarget, FeatureFlags, FlagContext } from "../types.ts";
import { changeRollout } from "./change-rollout.ts";
import { createFlagChecks, type Evaluators, type Inputs } from "./check-flags.ts";
import { createUsageCounters } from "./count-usage.ts";
import { evaluateDeclared } from "./evaluate-declared.ts";
import { readHistory } from "./flag-history.ts";
import { exportDocument, readDocument } from "./flagd-document.ts";
import { selectFlags, writeEvaluators } from "./flags.sql.ts";
import { createLiveFlags } from "./live-flags.ts";
import { planImport, refuseProblems } from "./plan-import.ts";
import { readArchiveProposals, readUsage } from "./read-usage.ts";
import { flagsWithoutGroup, namingGroup, removeGroupFromEvaluators } from "./remove-group.ts";
import { summarise } from "./summarise-change.ts";
import { findUndo, requireGroupsOf } from "./undo-change.ts";
import { type FlagGuard, type FlagWrite, writeFlags } from "./write-flags.ts";

export interface LiveFeatures extends FeatureFlags {
  /** Reads what is stored again; true when it was different. */
  reload(): Promise<boolean>;
  setDeclared(modules: readonly { name: string; flags?: Manifest["flags"] }[]): void;
  /** With shared parts and required flags in place, as it is evaluated. */
  resolve(key: string, definition: FlagDefinition): FlagDefinition;
  /** The flag as it counts now. */
  find: FindFlag;
  namesGroup(group: string): { flags: string[]; evaluators: string[] };
  /** In the transaction that deletes a group: no rule asks for it any more. */
  removeGroup(tx: HostTx, actor: Actor, group: string): Promise<void>;
  close: Close;
}

// A whole document is one transaction, some hundred flags of four statements each.
const documentLimits = { timeout: 60_000, maxWait: 10_000 };

export function createFeatures(deps: {
  db: HostDb;
  access: Access;
  log: Log;
  /** Resolves once what was written is in memory. */
  refresh: () => Promise<void>;
  writeAccess: (
    actor: Actor,
    target: AccessTarget,
    setting: AccessSetting | null,
    summary: string,
  ) => Promise<unknown>;
}): LiveFeatures {
  const { db, access } = deps;
  const live = createLiveFlags((key) => counters.of(key));
  const { definitionOf, asItCounts, find, resolve, build, view } = live;
  const counters = createUsageCounters({ ...deps, keys: () => live.compiled.keys() });
  const guards: FlagGuard[] = [];
  const declaredBy = (key: string) => live.declared.get(key)?.module ?? null;

  function requireView(key: string): FlagView {
    const found = view(key);
    if (found === null) throw new GraftError("NOT_FOUND", `There is no flag ${key}.`, { details: { key } });
    return found;
  }

  const { becoming, checkOne, checkAll } = createFlagChecks({
    find,
    asItCounts,
    stored: () => live.stored,
    typeOf: (key) => live.declared.get(key)?.type,
  });

  function previewOne(key: string, flags: Inputs, evaluators: Evaluators) {
    const becomes = becoming(flags, evaluators);
    const next = compileFlag(key, inlineRequirements(key, becomes(key) as FlagDefinition, becomes));
    return previewFlag(live.compiled.get(key) ?? null, next, access.directory.identities());
  }

  const planned = (text: string) =>
    planImport(text, {
      definitionOf,
      evaluators: live.stored.evaluators,
      check: checkOne,
      preview: previewOne,
    });

  async function write(
    actor: Actor,
    changes: FlagWrite[],
    evaluators: Record<string, Json> = {},
    within?: (tx: HostTx) => Promise<void>,
  ): Promise<string[]> {
    const ids = await db.prisma.$transaction(async (tx) => {
      await within?.(tx);
      await writeEvaluators(tx, evaluators);
      return writeFlags(tx, actor, changes, { declaredBy, guards });
    }, documentLimits);
    await deps.refresh();
    return ids;
  }

  async function save(...[actor, flags, options]: Parameters<FeatureFlags["save"]>): Promise<FlagView[]> {
    const evaluators = options?.evaluators ?? {};
    const merged: Evaluators = Object.fromEntries(
      Object.entries({ ...live.stored.evaluators, ...evaluators }).filter(([, logic]) => logic !== null),
    );
    checkAll(flags, merged);
    const changes = Object.entries(flags).map(([key, input]): [string, FlagInput, string] => [
      key,
      input,
      options?.summary ?? summarise(key, definitionOf(key), input.definition),
    ]);
    await write(actor, changes, evaluators);
    return Object.keys(flags).map(requireView);
  }

  const evaluateModule = (context: FlagContext, module: string) => evaluateDeclared(live, context, module);

  return {
    evaluate(key, context) {
      const flag = live.compiled.get(key);
      if (flag === undefined) return null;
      flag.usage.asked++;
      return flag.evaluate(context).evaluation;
    },
    evaluateAll(context) {
      counters.countAll();
      return live.all.map((flag) => flag.evaluate(context).evaluation);
    },
    evaluateBulk(context) {
      counters.countAll();
      return evaluateBulk(live.all, context);
    },
    contextOf,
    moduleValues(identity, module) {
      const answers = evaluateModule(contextOf(identity), module);
      return Object.fromEntries(answers.map(({ key, value }) => [key, value]));
    },
    evaluateModule,
    list: () => live.all.map(({ key }) => requireView(key)),
    get: view,
    evaluators: () => live.stored.evaluators,
    save,
    async archive(actor, keys, archived) {
      const what = (key: string) => (archived ? `Archived ${key}` : `Brought ${key} back from the archive`);
      await write(
        actor,
        keys.map((key) => [key, { definition: requireView(key).definition, archived }, what(key)]),
      );
    },
    archiveProposals: (days = 30) =>
      readArchiveProposals(
        { db, access, counters },
        live.all.map((flag) => ({
          view: requireView(flag.key),
          compiled: flag,
          createdAt: live.stored.flags.get(flag.key)?.createdAt ?? null,
        })),
        days,
      ),
    usage: (key, days = 30) => readUsage({ db, counters }, key, days),
    exportDocument() {
      const flags = live.all.map(({ key }) => ({
        key,
        definition: live.stored.flags.get(key)?.archived
          ? (find(key) as FlagDefinition)
          : (definitionOf(key) as FlagDefinition),
      }));
      return exportDocument(flags, live.stored.evaluators, find);
    },
    readDocument,
    async remove(actor, key) {
      const { module, changed, requiredBy } = requireView(key);
      if (module !== null && !changed) return;
      if (module === null && requiredBy.length > 0) {
        throw new GraftError("CONFLICT", `${key} is required by ${requiredBy.join(", ")}.`, {
          hint: "Take the requirement out of their rules first.",
          details: { key, requiredBy },
        });
      }
      const summary = module === null ? `Removed ${key}` : `Put ${key} back to its module's`;
      await write(actor, [[key, null, summary]]);
    },
    history: (query) => readHistory(db, query),
    async change(actor, key, after, { summary, within }) {
      checkAll(after === null ? {} : { [key]: after }, live.stored.evaluators);
      await write(actor, [[key, after, summary]], {}, within);
    },
    async rollout(actor, key, action) {
      // Another host may have changed it a moment ago.
      await deps.refresh();
      const { definition } = requireView(key);
      const { targeting, summary } = changeRollout(key, definition.targeting, action);
      const changed = { [key]: { definition: { ...definition, targeting } } };
      checkAll(changed, live.stored.evaluators);
      const [changeId = null] = await write(actor, [[key, changed[key] as FlagInput, summary]]);
      return { changeId };
    },
    guard(check) {
      guards.push(check);
    },
    compile(key, definition) {
      const { evaluate } = build(key, definition);
      return (context) => evaluate(context).evaluation;
    },
    async undo(actor, changeId) {
      const { change, summary } = await findUndo(db, changeId);
      const target = targetOf(change.key);
      if (target !== null) {
        await deps.writeAccess(actor, target, change.before as AccessSetting | null, summary);
        return { kind: "access", gone: false };
      }
      const before = change.before as FlagInput | null;
      // What stood before was in use unless it says otherwise.
      const after = before && { ...before, archived: before.archived ?? false };
      if (after !== null) {
        checkAll({ [change.key]: after }, live.stored.evaluators);
        requireGroupsOf(access, after.definition, definitionOf(change.key));
      }
      await write(actor, [[change.key, after, summary]]);
      return { kind: "flag", gone: view(change.key) === null };
    },
    namesGroup: (group) => ({
      flags: namingGroup(
        [...live.stored.flags].map(([key, row]) => [key, row.definition.targeting]),
        group,
      ),
      evaluators: namingGroup(Object.entries(live.stored.evaluators), group),
    }),
    async removeGroup(tx, actor, group) {
      await removeGroupFromEvaluators(tx, actor, group);
      const writes = await flagsWithoutGroup(tx, group);
      await writeFlags(tx, actor, writes, { declaredBy, guards });
    },
    explain(key, identity, proposed, reader) {
      const { definition, archived } =
        proposed === undefined ? requireView(key) : { definition: proposed, archived: false };
      return explainFlag(key, asItCounts(definition, archived) as FlagDefinition, {
        person: { name: identity.name, context: contextOf(identity) },
        userName: (id) => access.directory.identity(id)?.name ?? id,
        resolve: (given) => resolve(key, given),
        reader,
      });
    },
    preview(key, proposed) {
      if (proposed !== null) {
        const flags = { [key]: { definition: proposed } };
        checkAll(flags, live.stored.evaluators);
        return previewOne(key, flags, live.stored.evaluators);
      }
      const after = live.declared.get(key)?.definition ?? null;
      const next = after === null ? null : build(key, after);
      return previewFlag(live.compiled.get(key) ?? null, next, access.directory.identities());
    },
    planImport: (text) => planned(text).plan,
    async importDocument(actor, text) {
      const { plan, flags, evaluators } = planned(text);
      refuseProblems(plan);
      await save(actor, flags, { evaluators });
      return plan;
    },
    async reload() {
      const fresh = await selectFlags(db.pool);
      if (isDeepStrictEqual(fresh, live.stored)) return false;
      live.setStored(fresh);
      return true;
    },
    setDeclared(modules) {
      live.setDeclared(new Map(modules.flatMap(({ name, flags }) => declareFlags(name, flags ?? {}))));
    },
    resolve,
    find,
    close: counters.close,
  };
}
