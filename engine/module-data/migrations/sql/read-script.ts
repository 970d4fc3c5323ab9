import { LRUCache } from "lru-cache";
import type { MigrationFile } from "../../types.ts";
import { findCodeBody, statementsOfBody } from "./code-bodies.ts";
import {
  lines,
  type Parsed,
  parseScript,
  SqlSyntaxError,
  type Statement,
  scanTokens,
  type Token,
} from "./parse.ts";
import { walk } from "./walk.ts";

/** What PostgreSQL's parser says of a migration. Kept between calls: nobody may change it. */
export interface ScriptRead {
  /** Without a byte order mark, which is no SQL; a blank in its place keeps every offset. */
  text: string;
  parsed: Parsed;
  pieces: Piece[];
  /** The file is no SQL. */
  error: SqlSyntaxError | null;
}

export interface Piece {
  statement: Statement;
  tokens: Token[];
  /** What the body of a function or DO block holds, with lines of the file. */
  inside: Statement[];
}

/** A tree takes some thirty times the room of its text. */
const keptCharacters = 512 * 1024;
const kept = new LRUCache<string, ScriptRead>({
  maxSize: keptCharacters,
  sizeCalculation: (_, key) => key.length,
});

/**
 * Reading is more than half of what a plan does with a history, and applying the plan needs the same again. Kept by name
 * too: statements are told apart by identity, also those of two migrations with one text. The parser must be loaded.
 */
export function readScript({ name, sql }: MigrationFile): ScriptRead {
  const key = `${name}\0${sql}`;
  const found = kept.get(key);
  if (found) return found;
  const read = readText(sql.replace(/^\uFEFF/, " "));
  kept.set(key, read);
  return read;
}

function readText(text: string): ScriptRead {
  try {
    const parsed = parseScript(text);
    assertWalkable(parsed);
    const tokens = scanTokens(text);
    const lineOf = lines(text);
    const pieces = parsed.statements.map((statement) => {
      const own = within(tokens, statement);
      return { statement, tokens: own, inside: statementsInside(statement, own, { text, lineOf }) };
    });
    return { text, parsed, pieces, error: null };
  } catch (cause) {
    const error = cause instanceof RangeError ? tooDeep() : cause;
    if (!(error instanceof SqlSyntaxError)) throw error;
    return { text, parsed: { statements: [], offsetOf: (at) => at }, pieces: [], error };
  }
}

/** The stack of the parser, or of whoever walks its tree, is at its end. PostgreSQL's own would be a little later. */
function tooDeep(): SqlSyntaxError {
  return new SqlSyntaxError("an expression is nested too deeply to be read", 1, 0);
}

/** Shorter ones are not nested so deeply that a walk comes to the end of its stack. */
const deepFromCharacters = 4_000;

/** Whoever looks at the tree walks it; that this can be done is found here. @throws RangeError */
function assertWalkable({ statements }: Parsed): void {
  for (const { node, start, end } of statements) if (end - start >= deepFromCharacters) walk(node, () => {});
}

/** Tokens are in order, and histories have many: the first one is found by halving. */
function within(tokens: Token[], { start, end }: Statement): Token[] {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.start ?? end) < start) low = middle + 1;
    else high = middle;
  }
  let after = low;
  while (after < tokens.length && (tokens[after]?.end ?? end + 1) <= end) after += 1;
  return tokens.slice(low, after);
}

function statementsInside(
  statement: Statement,
  tokens: Token[],
  { text, lineOf }: { text: string; lineOf: (offset: number) => number },
): Statement[] {
  const body = findCodeBody(statement, tokens);
  if (!body) return [];
  const firstLine = lineOf(body.start);
  return statementsOfBody(body, statement, text.slice(body.start, body.end)).map((inner) => ({
    ...inner,
    line: firstLine + inner.line - 1,
  }));
}
