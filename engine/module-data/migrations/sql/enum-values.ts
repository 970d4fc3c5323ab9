import pg from "pg";
import { stringContent } from "./code-bodies.ts";
import type { Statement, Token } from "./parse.ts";
import { nameParts } from "./walk.ts";

const { escapeLiteral } = pg;

/** A statement with what is needed to judge it. */
export interface Seen {
  migration: string;
  statement: Statement;
  tokens: Token[];
}

function addedValue(statement: Statement): { type: string; value: string } | null {
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
  const added: { added: Statement; addedIn: string; value: string }[] = [];
  const uses: UseOfNewValue[] = [];
  for (const { migration, statement, tokens } of seen) {
    for (const { value, ...earlier } of added)
      if (mentions(tokens, value)) uses.push({ ...earlier, usedIn: migration });
    const type = createdEnum(statement);
    if (type !== null) created.add(type);
    const value = addedValue(statement);
    if (value && !created.has(value.type))
      added.push({ added: statement, addedIn: migration, value: value.value });
  }
  return uses;
}

/** Whether any literal, also inside a body, is the value. */
function mentions(tokens: Token[], value: string): boolean {
  return tokens.some(
    (token) =>
      token.kind === "string" &&
      (stringContent(token.text) === value ||
        (token.text.startsWith("$") && token.text.includes(escapeLiteral(value)))),
  );
}
