import { loadModule, parseSync, scanSync } from "libpg-query";
import type { Fields } from "./walk.ts";

export interface Statement {
  /** One key: the kind of statement. */
  node: Record<string, Fields | undefined>;
  /** Offsets into the script, in UTF-16 units, without the closing semicolon. */
  start: number;
  end: number;
  /** 1-based. */
  line: number;
  text: string;
}

export interface Token {
  start: number;
  end: number;
  text: string;
  kind: "identifier" | "string" | "comment" | "other";
}

export interface Parsed {
  statements: Statement[];
  /** From a `location` in a tree to an offset in the text. */
  offsetOf(location: number): number;
}

export class SqlSyntaxError extends Error {
  readonly line: number;
  readonly offset: number;
  constructor(message: string, line: number, offset: number) {
    super(message);
    this.line = line;
    this.offset = offset;
  }
}

let loading: Promise<void> | undefined;
/** PostgreSQL's own parser, as WASM; once per process (some 35 ms). */
export function loadParser(): Promise<void> {
  loading ??= loadModule();
  return loading;
}

/** Borders and trees of every statement. {@link loadParser} must have resolved. @throws SqlSyntaxError */
export function parseScript(sql: string): Parsed {
  // The parser takes an empty file for a mistake, PostgreSQL and Prisma do not.
  if (sql.trim() === "") return { statements: [], offsetOf: (at) => at };
  const toOffset = offsets(sql);
  const lineOf = lines(sql);
  try {
    const statements = (parseSync(sql).stmts ?? []).flatMap((raw) => {
      if (!raw.stmt) return [];
      const from = raw.stmt_location ?? 0;
      const start = skipBlank(sql, toOffset(from));
      const end = raw.stmt_len ? toOffset(from + raw.stmt_len) : trimmedEnd(sql);
      return [
        {
          node: raw.stmt as unknown as Statement["node"],
          start,
          end,
          line: lineOf(start),
          text: sql.slice(start, end),
        },
      ];
    });
    return { statements, offsetOf: toOffset };
  } catch (error) {
    const { message, sqlDetails } = error as { message: string; sqlDetails?: { cursorPosition: number } };
    if (!sqlDetails) throw error;
    const offset = characterOffset(sql, Math.max(sqlDetails.cursorPosition, 0));
    throw new SqlSyntaxError(message, lineOf(offset), offset);
  }
}

export function parseStatements(sql: string): Statement[] {
  return parseScript(sql).statements;
}

/** The lexer's view; works on text that is not whole statements, such as a PL/pgSQL body. */
export function scanTokens(sql: string): Token[] {
  if (sql.trim() === "") return [];
  const toOffset = offsets(sql);
  return scanSync(sql).tokens.map((token) => {
    const start = toOffset(token.start);
    const end = toOffset(token.end);
    return { start, end, text: sql.slice(start, end), kind: kindOf(token.tokenName, token.keywordName) };
  });
}

function kindOf(tokenName: string, keywordName: string): Token["kind"] {
  if (tokenName === "IDENT" || tokenName === "UIDENT" || keywordName === "UNRESERVED_KEYWORD")
    return "identifier";
  if (tokenName === "SCONST" || tokenName === "USCONST") return "string";
  return tokenName.endsWith("COMMENT") ? "comment" : "other";
}

/** libpg_query counts bytes of UTF-8; JavaScript counts UTF-16 units. */
function offsets(sql: string): (byte: number) => number {
  if (Buffer.byteLength(sql) === sql.length) return (byte) => byte;
  const map: number[] = [];
  let byte = 0;
  let unit = 0;
  for (const character of sql) {
    map[byte] = unit;
    byte += Buffer.byteLength(character);
    unit += character.length;
  }
  map[byte] = unit;
  return (at) => map[at] ?? unit;
}

/** From a count of characters, which is how PostgreSQL reports positions, to UTF-16 units. */
export function characterOffset(sql: string, characters: number): number {
  let unit = 0;
  let seen = 0;
  for (const character of sql) {
    if (seen++ === characters) return unit;
    unit += character.length;
  }
  return unit;
}

/** 1-based line of an offset. */
export function lines(sql: string): (offset: number) => number {
  const starts = [0];
  for (let i = sql.indexOf("\n"); i !== -1; i = sql.indexOf("\n", i + 1)) starts.push(i + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}

const blank = /(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/y;
function skipBlank(sql: string, from: number): number {
  blank.lastIndex = from;
  return from + (blank.exec(sql)?.[0].length ?? 0);
}

function trimmedEnd(sql: string): number {
  return sql.trimEnd().length;
}
