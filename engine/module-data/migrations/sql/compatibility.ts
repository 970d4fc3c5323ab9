import { noteMade, relationName, relationNames } from "./destructive.ts";
import { type Facts, noFacts } from "./facts.ts";
import { judgeCommand } from "./judge-alter.ts";
import type { Statement } from "./parse.ts";
import type { Script } from "./script.ts";
import { type Found, found, judgedStatements, type Verdict } from "./verdict.ts";
import { defElems, type Fields, nameParts } from "./walk.ts";

export interface Compatibility {
  /** What the version that runs now cannot live with. */
  breaking: Found[];
  /** What rewrites or scans a table that is older than these migrations. */
  slow: Found[];
}

/**
 * Judges each statement by what it does to tables that exist already; what a pending migration made itself is nobody's
 * yet. The yardstick is squawk's rules (https://squawkhq.com/docs/rules). Dropping is judged as destructive too.
 * @param fresh nothing was applied yet: nobody lives with anything
 */
export function judgeCompatibility(scripts: Script[], fresh: boolean, facts: Facts = noFacts): Compatibility {
  const all: Compatibility = { breaking: [], slow: [] };
  if (fresh) return all;
  const made = new Set<string>();
  for (const script of scripts) {
    for (const statement of judgedStatements(script)) {
      for (const verdict of judge(statement, made, facts))
        all[verdict.kind === "slow" ? "slow" : "breaking"].push(found(script, statement, verdict));
      noteMade(statement, made);
    }
  }
  return all;
}

function judge({ node, text }: Statement, made: Set<string>, facts: Facts): Verdict[] {
  if (node.DropStmt) return judgeDrop(node.DropStmt, made, facts);
  if (node.AlterObjectSchemaStmt) return judgeMove(node.AlterObjectSchemaStmt, made);
  if (node.RenameStmt) return judgeRename(node.RenameStmt, made);
  if (node.AlterEnumStmt?.oldVal) return judgeRenamedValue(node.AlterEnumStmt, made);
  if (node.TruncateStmt)
    return relationNames(node.TruncateStmt.relations)
      .filter((table) => !made.has(table))
      .map((table) => ({ kind: "breaking", table, reason: `empties ${table}, which is in use` }));
  if (node.IndexStmt) return judgeIndex(node.IndexStmt, made);
  if (node.AlterDomainStmt) return judgeDomain(node.AlterDomainStmt, made);
  // What EXECUTE is given only exists once it runs.
  if (node.DoStmt && /\bexecute\b/i.test(text))
    return [{ kind: "breaking", reason: "runs SQL that is put together while it runs" }];
  const written = judgeRows(node, made) ?? judgeMaintenance(node, made);
  if (written) return written;
  if (!node.AlterTableStmt) return [];
  const table = relationName(node.AlterTableStmt.relation);
  if (made.has(table)) return [];
  const commands = (node.AlterTableStmt.cmds as Fields[] | undefined) ?? [];
  return commands.flatMap((item) =>
    judgeCommand(table, (item.AlterTableCmd as Fields | undefined) ?? {}, facts),
  );
}

const relations = [
  "OBJECT_TABLE",
  "OBJECT_VIEW",
  "OBJECT_MATVIEW",
  "OBJECT_SEQUENCE",
  "OBJECT_FOREIGN_TABLE",
];
const types = ["OBJECT_TYPE", "OBJECT_DOMAIN"];
const routines = ["OBJECT_FUNCTION", "OBJECT_PROCEDURE", "OBJECT_ROUTINE", "OBJECT_AGGREGATE"];
const shared = new Set([...relations, ...types, ...routines, "OBJECT_EXTENSION"]);

function judgeDrop(drop: Fields, made: Set<string>, facts: Facts): Verdict[] {
  const objects = (drop.objects as Fields[] | undefined) ?? [];
  const names = objects.map(objectName).filter((name) => !made.has(name));
  if (drop.removeType === "OBJECT_INDEX")
    return names
      .filter((name) => facts.uniqueIndexes.has(name) && !made.has(facts.indexTables.get(name) ?? ""))
      .map((name) => ({
        kind: "breaking",
        reason: `drops the unique index ${name}, which upserts of the running version may name`,
      }));
  if (drop.removeType === "OBJECT_SCHEMA")
    return names
      .filter((name) => !made.has(`schema ${name}`))
      .map((name) => ({
        kind: "breaking",
        reason: `drops the schema ${name}, which the running version may use`,
      }));
  if (!shared.has(String(drop.removeType))) return [];
  return names.map((name) => ({
    kind: "breaking",
    reason: `drops ${name}, which the running version may use`,
  }));
}

/** Of whatever DROP is given: a name, a type, a function with its arguments. */
function objectName(object: Fields): string {
  const { List, TypeName, ObjectWithArgs, String: text } = object as Record<string, Fields | undefined>;
  const parts = nameParts(List ?? TypeName?.names ?? ObjectWithArgs?.objname);
  return parts.at(-1) ?? String(text?.sval ?? "");
}

function judgeMove({ objectType, relation, object, newschema }: Fields, made: Set<string>): Verdict[] {
  if (!shared.has(String(objectType))) return [];
  const name = relation ? relationName(relation) : objectName((object as Fields | undefined) ?? {});
  if (made.has(name)) return [];
  return [{ kind: "breaking", reason: `moves ${name} to the schema ${String(newschema)}` }];
}

function judgeRename(rename: Fields, made: Set<string>): Verdict[] {
  const table = relationName(rename.relation);
  if (made.has(table) || rename.renameType === "OBJECT_INDEX" || rename.renameType === "OBJECT_TABCONSTRAINT")
    return [];
  const object = table || objectName((rename.object as Fields | undefined) ?? {});
  const what = rename.renameType === "OBJECT_COLUMN" ? `${table}.${String(rename.subname)}` : object;
  return [{ kind: "breaking", reason: `renames ${what} to ${String(rename.newname)}` }];
}

function judgeRenamedValue({ typeName, oldVal, newVal }: Fields, made: Set<string>): Verdict[] {
  const type = nameParts(typeName).at(-1) ?? "";
  if (made.has(type)) return [];
  return [
    { kind: "breaking", reason: `renames the value ${String(oldVal)} of ${type} to ${String(newVal)}` },
  ];
}

function judgeIndex(index: Fields, made: Set<string>): Verdict[] {
  const table = relationName(index.relation);
  if (made.has(table)) return [];
  const slow: Verdict = {
    ...{ kind: "slow", table, work: "index" },
    reason: `builds an index on ${table} while writes to it wait`,
  };
  const unique: Verdict = {
    ...{ kind: "breaking", table },
    reason: `makes values of ${table} unique; the running version may write doubles`,
  };
  return index.unique ? [slow, unique] : [slow];
}

/** A domain's rule is checked in every table that uses it; which these are is not said here. */
function judgeDomain(domain: Fields, made: Set<string>): Verdict[] {
  const name = nameParts(domain.typeName).at(-1) ?? "";
  const adds = domain.subtype === "C" || domain.subtype === "O";
  if (!adds || made.has(name)) return [];
  return [
    { kind: "breaking", reason: `adds a rule to ${name} that the running version may not keep` },
    { kind: "slow", work: "scan", reason: `reads every table that uses ${name} to check the new rule` },
  ];
}

function judgeRows(node: Statement["node"], made: Set<string>): Verdict[] | null {
  const statement = node.UpdateStmt ?? node.DeleteStmt ?? node.MergeStmt;
  if (!statement) return null;
  const table = relationName(statement.relation);
  if (made.has(table)) return [];
  const what = node.DeleteStmt ? "deletes" : "rewrites";
  return [{ kind: "slow", table, work: "rows", reason: `${what} rows of ${table}` }];
}

function judgeMaintenance(node: Statement["node"], made: Set<string>): Verdict[] | null {
  const full =
    node.VacuumStmt && defElems(node.VacuumStmt.options).some(({ defname }) => defname === "full")
      ? (node.VacuumStmt.rels as { VacuumRelation?: Fields }[] | undefined)?.[0]?.VacuumRelation
      : undefined;
  const statement = node.ClusterStmt ?? node.ReindexStmt ?? node.RefreshMatViewStmt ?? full;
  if (!statement) return null;
  const table = relationName(statement.relation);
  if (made.has(table)) return [];
  if (node.ReindexStmt)
    return [{ kind: "slow", table, work: "index", reason: `builds the indexes of ${table} anew` }];
  return [
    { kind: "slow", table, work: "rewrite", reason: `writes all of ${table} anew while it cannot be used` },
  ];
}
