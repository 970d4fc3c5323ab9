import { type Facts, isWidening } from "./facts.ts";
import type { Verdict } from "./verdict.ts";
import { type Fields, nameParts, walk } from "./walk.ts";

/** One command of ALTER TABLE, for a table that is in use. */
export function judgeCommand(table: string, command: Fields, facts: Facts): Verdict[] {
  const name = String(command.name ?? "");
  const column = `${table}.${name}`;
  const breaking = (reason: string): Verdict => ({ kind: "breaking", reason, table });
  const slow = (reason: string, work: Verdict["work"]): Verdict => ({
    kind: "slow",
    reason,
    table,
    ...(work && { work }),
  });
  switch (command.subtype) {
    case "AT_DropColumn":
      return [breaking(`drops ${column}, which the running version may use`)];
    case "AT_AlterColumnType":
      if (isWidening(facts.columns.get(column), definitionOf(command))) return [];
      return [
        breaking(`changes the type of ${column}`),
        slow(`rewrites ${table} to change the type of ${column}`, "rewrite"),
      ];
    case "AT_SetNotNull":
      if (facts.columns.get(column)?.notNull) return [];
      return [
        breaking(`${column} may not be empty any more; the running version may leave it so`),
        slow(`reads all of ${table} to check ${column}`, "scan"),
      ];
    case "AT_DropNotNull":
      return [breaking(`${column} may be empty from now on; the running version may not expect that`)];
    case "AT_ColumnDefault":
      return command.def === undefined && facts.columns.get(column)?.notNull
        ? [breaking(`${column} has no default any more; the running version may leave it out`)]
        : [];
    case "AT_DropIdentity":
      return [breaking(`${column} gets no value of its own any more; the running version may leave it out`)];
    case "AT_DropConstraint":
      return facts.uniqueIndexes.has(name)
        ? [breaking(`drops the unique constraint ${name}, which upserts of the running version may name`)]
        : [];
    case "AT_ValidateConstraint":
      return [slow(`reads all of ${table} to check ${name}`, "scan")];
    case "AT_SetLogged":
    case "AT_SetUnLogged":
    case "AT_SetAccessMethod":
    case "AT_SetTableSpace":
      return [slow(`writes all of ${table} anew`, "rewrite")];
    case "AT_AttachPartition":
      return [slow(`reads all of the partition to check that it fits ${table}`, "scan")];
    case "AT_AddConstraint":
      return judgeConstraint(table, ((command.def as Fields | undefined)?.Constraint as Fields) ?? {});
    case "AT_AddColumn":
      return judgeColumn(table, definitionOf(command), facts);
    default:
      return [];
  }
}

function definitionOf(command: Fields): Fields {
  return ((command.def as Fields | undefined)?.ColumnDef as Fields | undefined) ?? {};
}

const indexed = new Set(["CONSTR_UNIQUE", "CONSTR_PRIMARY", "CONSTR_EXCLUSION"]);

/** A rule holds for new rows at once, NOT VALID or not; what is there already is read only without NOT VALID. */
function judgeConstraint(table: string, constraint: Fields): Verdict[] {
  const type = String(constraint.contype);
  const unique = indexed.has(type);
  const breaking: Verdict = {
    kind: "breaking",
    table,
    reason: unique
      ? `makes values of ${table} unique; the running version may write doubles`
      : `adds a rule to ${table} that the running version may not keep`,
  };
  if (constraint.skip_validation || constraint.indexname !== undefined) return [breaking];
  if (unique)
    return [
      breaking,
      { kind: "slow", table, work: "index", reason: `builds an index on ${table} while it cannot be used` },
    ];
  const other = (constraint.pktable as { relname?: string } | undefined)?.relname;
  const holds = other ? `, while writes to it and to ${other} wait` : "";
  return [
    breaking,
    { kind: "slow", table, work: "scan", reason: `reads all of ${table} to check the new rule${holds}` },
  ];
}

const serials = new Set(["serial", "serial2", "serial4", "serial8", "smallserial", "bigserial"]);

/**
 * A new column is harmless unless every row must have a value that nobody gives, or PostgreSQL has to write one into
 * each: a constant default is kept in the catalogue alone.
 */
function judgeColumn(table: string, column: Fields, facts: Facts): Verdict[] {
  const name = `${table}.${String(column.colname)}`;
  const constraints = ((column.constraints as Fields[] | undefined) ?? []).map(
    (item) => item.Constraint as Fields,
  );
  const has = (type: string) => constraints.find((constraint) => constraint.contype === type);
  const type = nameParts((column.typeName as Fields | undefined)?.names).at(-1) ?? "";
  const isSerial = serials.has(type);
  const generated = has("CONSTR_GENERATED");
  const isStored = generated !== undefined && generated.generated_kind !== "v";
  const byDefault = has("CONSTR_DEFAULT");
  const isVolatile = byDefault !== undefined && callsVolatile(byDefault.raw_expr, facts);
  const isGiven = isSerial || has("CONSTR_IDENTITY") || generated || byDefault;
  const verdicts: Verdict[] = [];
  if ((has("CONSTR_NOTNULL") || has("CONSTR_PRIMARY")) && !isGiven)
    verdicts.push({
      kind: "breaking",
      table,
      reason: `adds ${name}, which must be given and has no default`,
    });
  if (isSerial || has("CONSTR_IDENTITY") || isStored || isVolatile)
    verdicts.push({
      ...{ kind: "slow", table, work: "rewrite" },
      reason: `rewrites ${table} to give each row its own ${name}`,
    });
  else if (has("CONSTR_CHECK") || (has("CONSTR_FOREIGN") && byDefault))
    verdicts.push({ kind: "slow", table, work: "scan", reason: `reads all of ${table} to check ${name}` });
  if (constraints.some((constraint) => indexed.has(String(constraint.contype))))
    verdicts.push({
      ...{ kind: "slow", table, work: "index" },
      reason: `builds an index on ${table} while it cannot be used`,
    });
  return verdicts;
}

function callsVolatile(expression: unknown, { volatile }: Facts): boolean {
  return functionsCalled(expression).some((name) => volatile.has(name));
}

/** Names of the functions that an expression or statement calls. */
export function functionsCalled(tree: unknown): string[] {
  const names: string[] = [];
  walk(tree, (key, fields) => {
    if (key === "FuncCall") names.push(nameParts(fields.funcname).at(-1) ?? "");
  });
  return names;
}
