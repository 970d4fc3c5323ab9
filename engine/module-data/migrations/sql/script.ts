import type { DeferredIndex, MigrationProblem } from "../../types.ts";
import type { Statement } from "./parse.ts";

export interface Edit {
  start: number;
  end: number;
  text: string;
}

/** A migration as PostgreSQL gets it. Edits keep every line break, so a line is the same in both texts. */
export interface Script {
  name: string;
  /** The author's file: what the checksum is of. */
  source: string;
  /** What runs. */
  sql: string;
  /** Statements that run, in order, as the author wrote them; one CommandComplete each. */
  statements: Statement[];
  /** What stands inside the DO blocks among them. */
  inside: ReadonlyMap<Statement, Statement[]>;
  /** Uses a value that a script before it added to an enum: what came before is committed first. */
  commitsFirst: boolean;
  /** Taken out of `sql`, to be built after the commit. */
  deferred: DeferredIndex[];
  problems: MigrationProblem[];
}

/** Replaces by blanks, keeping line breaks. */
export function blankOut(sql: string, { start, end }: { start: number; end: number }): Edit {
  return { start, end, text: sql.slice(start, end).replace(/[^\r\n]/g, " ") };
}

/** Where edits overlap, the one that starts first and reaches furthest wins. */
export function applyEdits(sql: string, edits: Edit[]): string {
  let result = "";
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (edit.start < at) continue;
    result += sql.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + sql.slice(at);
}

export function problem(migration: string, statement: Statement, reason: string): MigrationProblem {
  return { migration, line: statement.line, statement: excerpt(statement.text), reason };
}

export function excerpt(text: string): string {
  return text.length <= 600 ? text : `${text.slice(0, 600)} …`;
}
