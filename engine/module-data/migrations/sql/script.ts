import type { MigrationProblem } from "../../types.ts";
import type { Statement } from "./parse.ts";
import type { Piece } from "./read-script.ts";

/** A migration as it was read. It runs as its author wrote it. */
export interface Script {
  name: string;
  /** The author's file: what the checksum is of. */
  source: string;
  /** Without a byte order mark, which is no SQL; a blank in its place keeps every offset. */
  sql: string;
  /** In order; one CommandComplete each. */
  statements: Statement[];
  pieces: readonly Piece[];
  /** What stands inside the DO blocks among them. */
  inside: ReadonlyMap<Statement, Statement[]>;
  problems: MigrationProblem[];
}

export function problem(migration: string, statement: Statement, reason: string): MigrationProblem {
  return { migration, line: statement.line, statement: excerpt(statement.text), reason };
}

export function excerpt(text: string): string {
  return text.length <= 600 ? text : `${text.slice(0, 600)} …`;
}
