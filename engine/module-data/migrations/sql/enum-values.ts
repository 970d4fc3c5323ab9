import { stringContent } from "./code-bodies.ts";
import type { Statement, Token } from "./parse.ts";
import { type Fields, nameParts, walk } from "./walk.ts";

/** A statement with what is needed to judge it. */
export interface Seen {
  migration: string;
  statement: Statement;
  tokens: Token[];
  /** What its body holds. */
  inside: Statement[];
}

interface Added {
  type: string;
  value: string;
}

function addedValue(statement: Statement): Added | null {
  const fields = statement.node.AlterEnumStmt;
  if (!fields?.newVal || fields.oldVal) return null;
  return { type: nameParts(fields.typeName).at(-1) ?? "", value: String(fields.newVal) };
}

function createdEnum(statement: Statement): string | null {
  const fields = statement.node.CreateEnumStmt;
  return fields ? (nameParts(fields.typeName).at(-1) ?? null) : null;
}

/** A statement that adds a value, and a migration that uses the value after it. */
interface UseOfNewValue {
  added: Statement;
  addedIn: string;
  usedIn: string;
}

/**
 * Uses of values that were added to enums which no CREATE TYPE of these statements made. One inside a DO block does not
 * count: with an exception handler it is a subtransaction, and PostgreSQL remembers only the transaction's own types.
 * @param seen in the order in which it runs
 */
export function usesOfNewValues(seen: Seen[]): UseOfNewValue[] {
  const created = new Set<string>();
  const added: (Added & Omit<UseOfNewValue, "usedIn">)[] = [];
  const uses: UseOfNewValue[] = [];
  for (const one of seen) {
    for (const earlier of added)
      if (mayUse(one, earlier))
        uses.push({ added: earlier.added, addedIn: earlier.addedIn, usedIn: one.migration });
    for (const statement of [one.statement, ...(one.statement.node.DoStmt ? one.inside : [])]) {
      const type = statement === one.statement ? createdEnum(statement) : null;
      if (type !== null) created.add(type);
      const value = addedValue(statement);
      if (value && !created.has(value.type))
        added.push({ ...value, added: statement, addedIn: one.migration });
    }
  }
  return uses;
}

/** By a literal, also inside a body or an array's text; or by whatever value it makes of a text or takes from the type. */
function mayUse({ statement, tokens, inside }: Seen, { type, value }: Added): boolean {
  if (statement.node.AlterEnumStmt) return false;
  if (tokens.some((token) => token.kind === "string" && mentions(token.text, value))) return true;
  return [statement, ...inside].some(({ node }) => makesValues(node, type));
}

function mentions(token: string, value: string): boolean {
  const quoted = value.replaceAll("'", "''");
  return [token, stringContent(token), token.replaceAll("\\'", "'")].some((text) =>
    [value, quoted].some((one) => standsAlone(text, one)),
  );
}

/** Not as a part of a longer word. */
function standsAlone(text: string, value: string): boolean {
  for (let at = text.indexOf(value); at !== -1; at = text.indexOf(value, at + 1)) {
    const around = [text[at - 1] ?? "", text[at + value.length] ?? ""];
    if (
      value === "" ? text === "" || text === "''" : around.every((letter) => !/[\p{L}\p{N}_]/u.test(letter))
    )
      return true;
    if (value === "") return false;
  }
  return false;
}

const enumFunctions = /^enum_(first|last|range)$/;

function makesValues(node: Statement["node"], type: string): boolean {
  let found = false;
  walk(node, (key, fields) => {
    if (key === "FuncCall") found ||= enumFunctions.test(nameParts(fields.funcname).at(-1) ?? "");
    // A constant has been looked at as a literal.
    const isConstant = (fields.arg as Fields | undefined)?.A_Const !== undefined;
    if (key === "TypeCast" && !isConstant)
      found ||= nameParts((fields.typeName as Fields | undefined)?.names).at(-1) === type;
  });
  return found;
}
