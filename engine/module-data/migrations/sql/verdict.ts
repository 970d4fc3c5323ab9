import type { MigrationVerdict } from "../../types.ts";
import type { Statement } from "./parse.ts";
import { problem, type Script } from "./script.ts";

/** How a slow statement works: all of a table anew, all of it read, an index built from it, rows written. */
export type Work = "rewrite" | "scan" | "index" | "rows";

export interface Verdict {
  kind: MigrationVerdict["kind"];
  reason: string;
  table?: string;
  column?: string;
  work?: Work;
}

/** A verdict with its statement, not yet measured. */
export interface Found extends MigrationVerdict {
  work: Work | null;
}

export function found(script: Script, statement: Statement, verdict: Verdict): Found {
  const { kind, reason, table = null, column = null, work = null } = verdict;
  const unknown = { rows: null, exact: false, bytes: null, estimateMs: null, long: false };
  return { ...problem(script.name, statement, reason), kind, table, column, work, ...unknown };
}

/** What runs, with the statements inside DO blocks in their place. */
export function judgedStatements(script: Script): Statement[] {
  return script.statements.flatMap((statement) => [statement, ...(script.inside.get(statement) ?? [])]);
}
