import type { FlagDefinition } from "../../../contract/flags.ts";
import type { Actor, HostTx, Json } from "../../core/index.ts";
import { auditIn } from "../../people/index.ts";
import { groupsIn, replaceGroup, withoutGroup } from "../access/access-rules.ts";
import { writeEvaluators } from "./flags.sql.ts";
import type { FlagWrite } from "./write-flags.ts";

/** The keys of those that ask for the group. */
export function namingGroup(logics: [key: string, logic: Json | undefined][], group: string): string[] {
  return logics.filter(([, logic]) => groupsIn(logic).includes(group)).map(([key]) => key);
}

/** What has to be written so that no flag's rules ask for the group any more. */
export async function flagsWithoutGroup(tx: HostTx, group: string): Promise<FlagWrite[]> {
  const rows = await tx.$queryRaw<{ key: string; definition: FlagDefinition }[]>`
    SELECT key, definition FROM graft.flags
     WHERE strpos(definition::text, ${JSON.stringify(group)}) > 0`;
  return rows
    .filter(({ definition }) => groupsIn(definition.targeting).includes(group))
    .map(({ key, definition: { targeting = {}, ...rest } }) => {
      const left = withoutGroup(targeting, group);
      const definition = Object.keys(left).length === 0 ? rest : { ...rest, targeting: left };
      return [key, { definition }, `Took the deleted group ${group} out of the rules of ${key}`];
    });
}

/** Shared parts of targeting have no history of their own: the audit keeps what they said. */
export async function removeGroupFromEvaluators(tx: HostTx, actor: Actor, group: string): Promise<void> {
  const rows = await tx.$queryRaw<{ key: string; logic: Json }[]>`
    SELECT key, logic FROM graft.flag_evaluators
     WHERE strpos(logic::text, ${JSON.stringify(group)}) > 0 ORDER BY key COLLATE "C" FOR UPDATE`;
  for (const { key, logic } of rows.filter((row) => groupsIn(row.logic).includes(group))) {
    await writeEvaluators(tx, { [key]: replaceGroup(logic, group) });
    const summary = `Took the deleted group ${group} out of the shared evaluator ${key}`;
    await auditIn(tx, actor, { action: "flag.save", target: key, summary, details: { previous: logic } });
  }
}
