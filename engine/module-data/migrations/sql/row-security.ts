import { relationName } from "./destructive.ts";
import type { Script } from "./script.ts";
import { type Fields, walk } from "./walk.ts";

/**
 * Tables that hide rows from the module's process, whatever the host gives it: their row security is forced on the owner too, so
 * that not even the migrations after it see every row, or a policy restricts everybody but the owner.
 */
export function namesForced(scripts: readonly Script[]): string[] {
  const names = new Set<string>();
  for (const { statements, inside } of scripts)
    for (const statement of statements)
      for (const { node } of [statement, ...(inside.get(statement) ?? [])])
        walk(node, (key, fields) => {
          const hides =
            (key === "AlterTableStmt" && forces(fields)) || (key === "CreatePolicyStmt" && restricts(fields));
          if (hides) names.add(relationName(fields.relation ?? fields.table));
        });
  return [...names];
}

function forces({ cmds }: Fields): boolean {
  const commands = (cmds ?? []) as { AlterTableCmd?: Fields }[];
  return commands.some(({ AlterTableCmd }) => AlterTableCmd?.subtype === "AT_ForceRowSecurity");
}

function restricts({ permissive, roles }: Fields): boolean {
  const types = ((roles ?? []) as { RoleSpec?: { roletype?: string } }[]).map(
    ({ RoleSpec }) => RoleSpec?.roletype,
  );
  return !permissive && types.includes("ROLESPEC_PUBLIC");
}
