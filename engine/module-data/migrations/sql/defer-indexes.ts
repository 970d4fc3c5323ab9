import type { DeferredIndex } from "../../types.ts";
import type { Statement, Token } from "./parse.ts";
import { identifier } from "./rename-public.ts";
import type { Fields } from "./walk.ts";

/** A statement with what is needed to judge it. */
export interface Seen {
  migration: string;
  statement: Statement;
  tokens: Token[];
}

type Candidate = Omit<DeferredIndex, "sql"> & { statement: Statement; unique: boolean };

// What changes a table or index in a way that the deferred statement might then not fit.
const structural = ["AlterTableStmt", "RenameStmt", "DropStmt", "ClusterStmt", "AlterObjectSchemaStmt"];

/**
 * CREATE INDEX CONCURRENTLY on a table that is older than these migrations: built after the commit, while rows go on
 * being written. Not when something later in them mentions the index or changes the table.
 * @param wholeHistory every table counts as older: the question is which indexes may still be missing
 */
export function deferrableIndexes(seen: Seen[], wholeHistory: boolean): Map<Statement, Candidate> {
  const made = new Set<string>();
  const candidates = new Map<Statement, Candidate>();
  for (const one of seen) {
    if (candidates.size > 0) dropTouched(one, candidates);
    const { node } = one.statement;
    const create = node.CreateStmt?.relation ?? (node.CreateTableAsStmt?.into as Fields | undefined)?.rel;
    if (create && !wholeHistory) made.add(relationName(create));
    const index = node.IndexStmt;
    if (!index?.concurrent || typeof index.idxname !== "string") continue;
    const table = relationName(index.relation);
    if (made.has(table)) continue;
    candidates.set(one.statement, {
      statement: one.statement,
      migration: one.migration,
      line: one.statement.line,
      index: index.idxname,
      table,
      unique: index.unique === true,
    });
  }
  return candidates;
}

function dropTouched({ statement, tokens }: Seen, candidates: Map<Statement, Candidate>): void {
  const names = new Set(tokens.map((token) => identifier(token)));
  const changes = structural.some((kind) => statement.node[kind]);
  const conflicts = statement.node.InsertStmt?.onConflictClause !== undefined;
  for (const [key, candidate] of candidates) {
    const touchesTable = names.has(candidate.table) && (changes || (conflicts && candidate.unique));
    if (names.has(candidate.index) || touchesTable) candidates.delete(key);
  }
}

function relationName(relation: unknown): string {
  return String((relation as { relname?: string } | undefined)?.relname ?? "");
}
