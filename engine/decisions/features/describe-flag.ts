import type { FlagDefinition, FlagView } from "../../../contract/flags.ts";
import { type DeclaredFlag, typeOf } from "../targeting/module-flags.ts";
import type { FlagRow } from "./flags.sql.ts";

/** A flag as it is shown: what is stored (`row`), what its module declares (`own`), and what hangs together with it. */
export function describeFlag(
  key: string,
  parts: {
    definition: FlagDefinition;
    row: FlagRow | undefined;
    own: DeclaredFlag | undefined;
    requires: string[];
    requiredBy: string[] | undefined;
  },
): FlagView {
  const { definition, row, own, requires, requiredBy = [] } = parts;
  return {
    key,
    type: own?.type ?? typeOf(definition),
    description: row?.description || (own?.description ?? ""),
    definition,
    module: own?.module ?? null,
    changed: own !== undefined && row !== undefined,
    archived: row?.archived ?? false,
    orphanOf: own === undefined ? (row?.declaredBy ?? null) : null,
    requires,
    requiredBy,
    updatedAt: row?.updatedAt ?? null,
    updatedBy: row?.updatedBy ?? null,
  };
}
