import type { MigrationProblem } from "../../types.ts";
import { usesOfNewValues } from "./enum-values.ts";
import type { Facts } from "./facts.ts";
import type { Statement } from "./parse.ts";
import { problem, type Script } from "./script.ts";
import { defElems, type Fields, walk } from "./walk.ts";

/**
 * Why migrations cannot all run in one transaction, which is what an upgrade does while the older version serves. None: they can.
 * Each is a transaction of its own for Prisma, so whatever ends with one must not be carried into the next.
 */
export function whyNotInOneTransaction(scripts: readonly Script[], facts: Facts): MigrationProblem[] {
  const seen = scripts.flatMap(({ name, pieces }) =>
    pieces.map(({ statement, tokens }) => ({ migration: name, statement, tokens })),
  );
  const found = seen.flatMap(({ migration, statement }) => {
    const reason = reasonOf(statement, scripts.length > 1, facts);
    return reason === null ? [] : problem(migration, statement, reason);
  });
  for (const { added, addedIn, usedIn } of usesOfNewValues(seen))
    found.push(problem(addedIn, added, `adds a value to an enum, which ${usedIn} uses`));
  return found;
}

function reasonOf({ node, text }: Statement, hasOthers: boolean, facts: Facts): string | null {
  if (node.TransactionStmt) return "begins or ends a transaction itself";
  if (node.VacuumStmt?.is_vacuumcmd) return "vacuums, which no transaction may";
  if (node.DiscardStmt) return "discards its session";
  if (isConcurrent(node)) return "works concurrently, which no transaction may";
  if (node.CallStmt) return "calls a procedure, which may commit";
  if (node.DoStmt && /\b(commit|rollback)\b/i.test(text)) return "commits in a block";
  if (node.ConstraintsSetStmt) return "sets when constraints are checked, until its transaction ends";
  const { kind, name, is_local } = node.VariableSetStmt ?? {};
  if (is_local || (kind === "VAR_SET_MULTI" && String(name).startsWith("TRANSACTION")))
    return "sets something until its transaction ends";
  if (!hasOthers) return null;
  if (makesTemporary(node)) return "makes a temporary table, which may end with its transaction";
  if (writesRows(node) && (facts.deferred || /\binitially\s+deferred\b/i.test(text)))
    return "writes rows that are checked when its transaction ends";
  return null;
}

function isConcurrent(node: Statement["node"]): boolean {
  if (node.IndexStmt?.concurrent || node.DropStmt?.concurrent) return true;
  const options = node.ReindexStmt && defElems(node.ReindexStmt.params);
  if (options?.some(({ defname }) => defname === "concurrently")) return true;
  return ((node.AlterTableStmt?.cmds ?? []) as Fields[]).some((item) => {
    const command = item.AlterTableCmd as Fields | undefined;
    const partition = (command?.def as Fields | undefined)?.PartitionCmd as Fields | undefined;
    return command?.subtype === "AT_DetachPartition" && partition?.concurrent === true;
  });
}

function makesTemporary(node: Statement["node"]): boolean {
  let found = false;
  walk(node.CreateStmt ?? node.CreateTableAsStmt, (_, { relpersistence }) => {
    found ||= relpersistence === "t";
  });
  return found;
}

function writesRows(node: Statement["node"]): boolean {
  const { InsertStmt, UpdateStmt, DeleteStmt, MergeStmt, DoStmt, SelectStmt } = node;
  return Boolean(InsertStmt || UpdateStmt || DeleteStmt || MergeStmt || DoStmt || SelectStmt);
}
