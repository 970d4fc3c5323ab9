import type { DataPlace } from "../../../module-data/index.ts";
import type { JournalChange } from "./journal.ts";

/** The database that holds a module's data once the change is committed; null without one. */
export function databaseAfter({ data }: Pick<JournalChange, "data">): number | null {
  return data.action === "none" ? null : data.to;
}

/** @throws for a change of a module that has no database then */
export function placeAfter(change: Pick<JournalChange, "module" | "data">): DataPlace {
  const database = databaseAfter(change);
  if (database === null) throw new Error(`${change.module} has no database`);
  return { module: change.module, database };
}
