import type { Actor, HostTx } from "../../core/index.ts";
import { auditIn } from "../../people/index.ts";
import type { AccessSetting } from "../types.ts";
import { groupsIn, withoutGroup } from "./access-rules.ts";
import { recordAccessChange } from "./record-access-change.ts";
import { lockRule, rulesNaming, upsertRule } from "./rules.sql.ts";

/** Takes a group that is being deleted out of who gets modules and widgets; each change is in the history. */
export async function removeGroupFromAccess(tx: HostTx, actor: Actor, group: string): Promise<void> {
  for (const target of await rulesNaming(tx, group)) {
    const before = await lockRule(tx, target);
    const after = before && settingWithout(before, group);
    if (before === null || after === null) continue;
    await upsertRule(tx, target, after);
    const summary = `Took the deleted group ${group} out of the access of ${target}`;
    await recordAccessChange(tx, actor, { target, summary, before, after });
    const details = { previous: before, setting: after };
    await auditIn(tx, actor, { action: "access.set", target, summary, details });
  }
}

/** Null: the setting does not name it. */
function settingWithout(setting: AccessSetting, group: string): AccessSetting | null {
  if (!groupsOf(setting).includes(group)) return null;
  if (setting.mode === "rules") return { mode: "rules", targeting: withoutGroup(setting.targeting, group) };
  const groups = setting.mode === "groups" ? setting.groups.filter((key) => key !== group) : [];
  return { mode: "groups", groups };
}

/** Every group that a setting gives to, or asks for. */
export function groupsOf(setting: AccessSetting): string[] {
  if (setting.mode === "groups") return setting.groups;
  return setting.mode === "rules" ? groupsIn(setting.targeting) : [];
}
