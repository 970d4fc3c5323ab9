import type { DataPlace } from "../../module-data/index.ts";
import type { CurrentState } from "../../supply/installed/index.ts";

/** Where the data of an installed module is; null: it has none. */
export function placeOf({ modules }: CurrentState, module: string): DataPlace | null {
  const database = modules.find(({ name }) => name === module)?.database ?? null;
  return database === null ? null : { module, database };
}
