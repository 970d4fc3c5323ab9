import { relationName } from "./destructive.ts";
import type { Script } from "./script.ts";
import { type Fields, walk } from "./walk.ts";

/** Tables whose row security these migrations force on their owner too, so that not even the migrations after it see every row. */
export function namesForced(scripts: readonly Script[]): string[] {
  const names = new Set<string>();
  for (const { node } of scripts.flatMap(({ statements }) => statements))
    walk(node, (key, fields) => {
      if (key !== "AlterTableStmt") return;
      const commands = (fields.cmds ?? []) as { AlterTableCmd?: Fields }[];
      if (commands.some(({ AlterTableCmd }) => AlterTableCmd?.subtype === "AT_ForceRowSecurity"))
        names.add(relationName(fields.relation));
    });
  return [...names];
}
