import type { MigrationProblem } from "../../types.ts";
import { relationName } from "./destructive.ts";
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
  const seen = scripts.flatMap(({ name, pieces }) => pieces.map((piece) => ({ migration: name, ...piece })));
  const context: Context = {
    hasOthers: scripts.length > 1,
    deferred:
      facts.deferred || seen.some(({ statement }) => /\binitially\s+deferred\b/i.test(statement.text)),
    facts,
  };
  const found = seen.flatMap(({ migration, statement, inside }) => {
    const reason = reasonOf(statement, inside, context);
    return reason === null ? [] : problem(migration, statement, reason);
  });
  for (const { added, addedIn, usedIn } of usesOfNewValues(seen))
    found.push(problem(addedIn, added, `adds a value to an enum, which ${usedIn} uses`));
  return found;
}

interface Context {
  hasOthers: boolean;
  /** Some constraint is, or is going to be, checked only when a transaction ends. */
  deferred: boolean;
  facts: Facts;
}

const isCall = ({ node }: Statement) => node.CallStmt !== undefined;

function reasonOf(
  statement: Statement,
  inside: readonly Statement[],
  { hasOthers, deferred, facts }: Context,
) {
  const { node, text } = statement;
  if (node.TransactionStmt) return "begins or ends a transaction itself";
  if (node.DiscardStmt) return "discards its session";
  const maintenance = maintenanceOf(node, facts);
  if (maintenance !== null) return `${maintenance}, which no transaction may`;
  if (isCall(statement) || (node.DoStmt && inside.some(isCall))) return "calls a procedure, which may commit";
  if (node.DoStmt && /\b(commit|rollback)\b/i.test(text)) return "commits in a block";
  if (node.ConstraintsSetStmt) return "sets when constraints are checked, until its transaction ends";
  const { kind, name, is_local } = node.VariableSetStmt ?? {};
  if (is_local || (kind === "VAR_SET_MULTI" && String(name).startsWith("TRANSACTION")))
    return "sets something until its transaction ends";
  if (!hasOthers) return null;
  if (makesTemporary(node)) return "makes a temporary table, which may end with its transaction";
  if (node.PrepareStmt) return "prepares a statement, which its session keeps";
  if (deferred && writesRows(node)) return "writes rows that are checked when its transaction ends";
  return null;
}

function maintenanceOf(node: Statement["node"], { partitioned }: Facts): string | null {
  if (node.VacuumStmt?.is_vacuumcmd) return "vacuums";
  if (isConcurrent(node)) return "works concurrently";
  const { kind, relation } = node.ReindexStmt ?? {};
  if (/_(SCHEMA|SYSTEM|DATABASE)$/.test(String(kind))) return "builds every index anew";
  if (relation && partitioned.has(relationName(relation)))
    return "builds the indexes of a partitioned table anew";
  if (!node.ClusterStmt) return null;
  if (!node.ClusterStmt.relation) return "clusters every table";
  return partitioned.has(relationName(node.ClusterStmt.relation)) ? "clusters a partitioned table" : null;
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
  const { CreateStmt, CreateTableAsStmt, SelectStmt, ViewStmt, CreateSeqStmt } = node;
  let found = false;
  const into = [
    CreateStmt?.relation,
    CreateTableAsStmt?.into,
    SelectStmt?.intoClause,
    ViewStmt?.view,
    CreateSeqStmt?.sequence,
  ];
  walk(into, (_, { relpersistence }) => {
    found ||= relpersistence === "t";
  });
  return found;
}

function writesRows(node: Statement["node"]): boolean {
  const { InsertStmt, UpdateStmt, DeleteStmt, MergeStmt, DoStmt, SelectStmt } = node;
  return Boolean(InsertStmt || UpdateStmt || DeleteStmt || MergeStmt || DoStmt || SelectStmt);
}
