import type { Statement, Token } from "./parse.ts";
import { blankOut, type Edit } from "./script.ts";

const transactionFrames = new Set(["TRANS_STMT_BEGIN", "TRANS_STMT_START", "TRANS_STMT_COMMIT"]);

/**
 * Statements that the host does itself or that cannot stand in its one transaction: the whole statement goes.
 * BEGIN and COMMIT (Prisma writes them when an enum loses a value), SET TRANSACTION, CREATE SCHEMA public, granted
 * extensions and comments on them, VACUUM.
 */
export function isHostsBusiness(statement: Statement): boolean {
  const node = statement.node;
  if (node.TransactionStmt) return transactionFrames.has(String(node.TransactionStmt.kind));
  if (node.CreateSchemaStmt || node.CreateExtensionStmt) return true;
  if (node.CommentStmt) return node.CommentStmt.objtype === "OBJECT_EXTENSION";
  if (node.VacuumStmt) return node.VacuumStmt.is_vacuumcmd === true;
  const set = node.VariableSetStmt;
  return set?.kind === "VAR_SET_MULTI" && /^(TRANSACTION|SESSION CHARACTERISTICS)$/.test(String(set.name));
}

/** CONCURRENTLY needs to be outside of a transaction; inside, on tables nobody else sees yet, it means nothing. */
export function dropConcurrently(sql: string, statement: Statement, tokens: Token[]): Edit[] {
  const kinds = Object.keys(statement.node);
  if (!kinds.some((kind) => ["IndexStmt", "DropStmt", "ReindexStmt", "AlterTableStmt"].includes(kind)))
    return [];
  return tokens
    .filter((token) => token.kind === "other" && token.text.toUpperCase() === "CONCURRENTLY")
    .map((token) => blankOut(sql, withParentheses(token, tokens)));
}

/** REINDEX (CONCURRENTLY) …: empty parentheses would be no option list. */
function withParentheses(token: Token, tokens: Token[]): { start: number; end: number } {
  const at = tokens.indexOf(token);
  const [before, after] = [tokens[at - 1], tokens[at + 1]];
  if (before?.text === "(" && after?.text === ")") return { start: before.start, end: after.end };
  return token;
}
