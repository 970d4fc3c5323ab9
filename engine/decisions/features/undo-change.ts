import type { AccessSetting } from "../../../contract/access.ts";
import type { FlagDefinition, FlagInput } from "../../../contract/flags.ts";
import { fromJson, GraftError, type HostDb } from "../../core/index.ts";
import type { Access } from "../../people/index.ts";
import { groupsIn } from "../access/access-rules.ts";

/** A change to take back, and what taking it back is called. @throws NOT_FOUND */
export async function findUndo(db: HostDb, changeId: string) {
  const row = await db.prisma.flagChange.findUnique({ where: { id: changeId } });
  if (row === null) throw new GraftError("NOT_FOUND", "There is no such change of a flag or of access.");
  const of = row.key.replace(/^access\//, "");
  const summary = `Took back of ${of}: ${row.summary.charAt(0).toLowerCase()}${row.summary.slice(1)}`;
  return {
    change: { key: row.key, before: fromJson<FlagInput | AccessSetting | null>(row.before) },
    summary,
  };
}

/**
 * What is put back may name a group that was deleted since; whoever makes one with its key must not come by it.
 * @throws CONFLICT
 */
export function requireGroupsOf(access: Access, wanted: FlagDefinition, now: FlagDefinition | null): void {
  const known = [...access.directory.groupKeys(), ...groupsIn(now?.targeting)];
  const missing = [...new Set(groupsIn(wanted.targeting))].filter((group) => !known.includes(group));
  if (missing.length === 0) return;
  throw new GraftError("CONFLICT", `It named the group ${missing.join(", ")}, which was deleted since.`, {
    hint: "Make the group again first, or write the rules without it.",
    details: { missing },
  });
}
