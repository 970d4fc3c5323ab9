import type { FlagInput } from "../../../contract/flags.ts";
import { type Actor, GraftError, type HostDb, type HostTx, type Json } from "../../core/index.ts";
import type { Access } from "../../people/index.ts";
import { targetOf } from "../access/access-definition.ts";
import type { AccessRules } from "../access/create-access-rules.ts";
import { changeRollout } from "../targeting/change-rollout.ts";
import type { AccessSetting, FeatureFlags } from "../types.ts";
import type { createFlagChecks, Evaluators } from "./check-flags.ts";
import { writeEvaluators } from "./flags.sql.ts";
import type { LiveFlags } from "./live-flags.ts";
import { flagsWithoutGroup, removeGroupFromEvaluators } from "./remove-group.ts";
import { summarise } from "./summarise-change.ts";
import { findUndo, requireGroupsOf } from "./undo-change.ts";
import { type FlagGuard, type FlagWrite, writeFlags } from "./write-flags.ts";

// A whole document is one transaction, some hundred flags of four statements each.
const documentLimits = { timeout: 60_000, maxWait: 10_000 };

export interface FlagChangeDeps {
  db: HostDb;
  access: Access;
  live: LiveFlags;
  checks: ReturnType<typeof createFlagChecks>;
  /** Resolves once what was written is in memory. */
  refresh: () => Promise<void>;
  /** The history is one: a change of access is undone where changes of flags are. */
  accessRules: Pick<AccessRules, "write">;
}

interface Writing {
  evaluators?: Record<string, Json>;
  /** Before anything else, in the same transaction. */
  within?: (tx: HostTx) => Promise<void>;
}

export interface FlagChanges
  extends Pick<
    FeatureFlags,
    "save" | "switch" | "archive" | "remove" | "change" | "rollout" | "guard" | "undo"
  > {
  /** In the transaction that deletes a group: no rule asks for it any more. */
  removeGroup(tx: HostTx, actor: Actor, group: string): Promise<void>;
}

/** What writes flags: checked, in one transaction with history and audit, and in memory when it returns. */
export function createFlagChanges(deps: FlagChangeDeps): FlagChanges {
  const { db, access, live, checks, refresh } = deps;
  const guards: FlagGuard[] = [];
  const declaredBy = (key: string) => live.declared.get(key)?.module ?? null;

  async function write(
    actor: Actor,
    changes: FlagWrite[],
    { evaluators = {}, within }: Writing = {},
  ): Promise<string[]> {
    const ids = await db.prisma.$transaction(async (tx) => {
      await within?.(tx);
      await writeEvaluators(tx, evaluators);
      return writeFlags(tx, actor, { changes, declaredBy, guards });
    }, documentLimits);
    await refresh();
    return ids;
  }

  return {
    async save(actor, flags, options) {
      const evaluators = options?.evaluators ?? {};
      const merged: Evaluators = Object.fromEntries(
        Object.entries({ ...live.stored.evaluators, ...evaluators }).filter(([, logic]) => logic !== null),
      );
      checks.checkAll(flags, merged);
      const changes = Object.entries(flags).map(([key, input]): FlagWrite => {
        const summary = options?.summary ?? summarise(key, live.definitionOf(key), input.definition);
        return [key, input, summary];
      });
      await write(actor, changes, { evaluators });
      return Object.keys(flags).map(live.requireView);
    },
    async switch(actor, key, on) {
      const { definition } = live.requireView(key);
      const state = on ? "ENABLED" : "DISABLED";
      // What else somebody changes in the same moment stays: the rest is read when the flag is locked.
      const after = (before: FlagInput | null) => ({
        definition: { ...(before?.definition ?? definition), state } as const,
      });
      await write(actor, [[key, after, summarise(key, definition, { ...definition, state })]]);
      return live.requireView(key);
    },
    async archive(actor, keys, archived) {
      const what = (key: string) => (archived ? `Archived ${key}` : `Brought ${key} back from the archive`);
      await write(
        actor,
        keys.map((key) => [key, { definition: live.requireView(key).definition, archived }, what(key)]),
      );
    },
    async remove(actor, key) {
      const { module, changed, requiredBy } = live.requireView(key);
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
    async change(actor, key, { after, summary, within }) {
      checks.checkAll(after === null ? {} : { [key]: after }, live.stored.evaluators);
      await write(actor, [[key, after, summary]], { within });
    },
    async rollout(actor, key, action) {
      // Another host may have changed it a moment ago.
      await refresh();
      const { definition } = live.requireView(key);
      const { targeting, summary } = changeRollout(key, definition.targeting, action);
      const changed = { [key]: { definition: { ...definition, targeting } } };
      checks.checkAll(changed, live.stored.evaluators);
      const [changeId = null] = await write(actor, [[key, changed[key] as FlagInput, summary]]);
      return { changeId };
    },
    guard(check) {
      guards.push(check);
    },
    async undo(actor, changeId) {
      const { change, summary } = await findUndo(db, changeId);
      const target = targetOf(change.key);
      if (target !== null) {
        await deps.accessRules.write(actor, target, {
          setting: change.before as AccessSetting | null,
          summary,
        });
        return { kind: "access", gone: false };
      }
      const before = change.before as FlagInput | null;
      // What stood before was in use unless it says otherwise.
      const after = before && { ...before, archived: before.archived ?? false };
      if (after !== null) {
        checks.checkAll({ [change.key]: after }, live.stored.evaluators);
        requireGroupsOf(access, after.definition, live.definitionOf(change.key));
      }
      await write(actor, [[change.key, after, summary]]);
      return { kind: "flag", gone: live.view(change.key) === null };
    },
    async removeGroup(tx, actor, group) {
      await removeGroupFromEvaluators(tx, actor, group);
      const writes = await flagsWithoutGroup(tx, group);
      await writeFlags(tx, actor, { changes: writes, declaredBy, guards });
    },
  };
}
