import { type Condition, type Rule, readRules, writeRules } from "../../../sdk/flags/index.ts";
import type { Json } from "../../core/index.ts";

/** Every group that targeting asks for. */
export function groupsIn(logic: Json | undefined): string[] {
  if (typeof logic !== "object" || logic === null) return [];
  if (Array.isArray(logic)) return logic.flatMap(groupsIn);
  const group = groupAsked(logic);
  return group === null ? Object.values(logic).flatMap(groupsIn) : [group];
}

/** The targeting without a group: nobody is in it any more, nor in one made later with its key. */
export function withoutGroup(targeting: Record<string, Json>, group: string): Record<string, Json> {
  const rules = readRules(targeting);
  if (rules === null) return replaceGroup(targeting, group) as Record<string, Json>;
  const kept = rules.flatMap((rule): Rule[] => {
    const conditions: Condition[] = [];
    for (const condition of rule.conditions) {
      if (condition.kind !== "groups" || !condition.groups.includes(group)) {
        conditions.push(condition);
        continue;
      }
      const groups = condition.groups.filter((key) => key !== group);
      if (groups.length > 0) conditions.push({ ...condition, groups });
      // Everybody is outside a group that is gone; nobody is inside, so the rule is nobody's.
      else if (condition.not !== true) return [];
    }
    return [{ ...rule, conditions }];
  });
  return (writeRules(kept) ?? {}) as Record<string, Json>;
}

/** Asking for the group becomes false. */
export function replaceGroup(logic: Json, group: string): Json {
  if (typeof logic !== "object" || logic === null) return logic;
  if (Array.isArray(logic)) return logic.map((part) => replaceGroup(part, group));
  if (groupAsked(logic) === group) return false;
  return Object.fromEntries(Object.entries(logic).map(([name, part]) => [name, replaceGroup(part, group)]));
}

function groupAsked(logic: { [key: string]: Json }): string | null {
  const args = logic.in;
  if (!Array.isArray(args) || typeof args[0] !== "string") return null;
  const list = args[1];
  if (typeof list !== "object" || list === null || Array.isArray(list)) return null;
  return (Array.isArray(list.var) ? list.var[0] : list.var) === "groups" ? args[0] : null;
}
