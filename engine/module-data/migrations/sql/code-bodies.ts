import { parsePlPgSQLSync } from "libpg-query";
import { parseStatements, type Statement, type Token } from "./parse.ts";
import { defElems, walk } from "./walk.ts";

/** The text of a function, procedure or DO block, as written in a file. */
export interface CodeBody {
  language: string;
  /** Of the string token that holds it. */
  token: Token;
  /** Offset and text of what stands between the quotes. */
  start: number;
  end: number;
  dollarQuoted: boolean;
}

/** The body of a CREATE FUNCTION or DO statement; null for other statements and SQL-standard bodies. */
export function findCodeBody(statement: Statement, tokens: Token[]): CodeBody | null {
  const node = statement.node;
  const options = defElems(node.CreateFunctionStmt?.options ?? node.DoStmt?.args);
  const as = options.find((option) => option.defname === "as")?.arg;
  if (!as) return null;
  let body: string | undefined;
  walk(as, (key, fields) => {
    if (key === "String" && body === undefined) body = String(fields.sval ?? "");
  });
  const language = options.find((option) => option.defname === "language")?.arg as
    | { String?: { sval?: string } }
    | undefined;
  const token = tokens.find(
    (candidate) =>
      candidate.kind === "string" &&
      candidate.start >= statement.start &&
      candidate.end <= statement.end &&
      stringContent(candidate.text).replaceAll("\r\n", "\n") === body?.replaceAll("\r\n", "\n"),
  );
  if (!token) return null;
  const tag = dollarTag(token.text);
  const quote = tag?.length ?? token.text.indexOf("'") + 1;
  return {
    language: (language?.String?.sval ?? "plpgsql").toLowerCase(),
    token,
    start: token.start + quote,
    end: token.end - (tag?.length ?? 1),
    dollarQuoted: tag !== null,
  };
}

export function dollarTag(text: string): string | null {
  return /^\$[^$]*\$/.exec(text)?.[0] ?? null;
}

/** What a string token means; escape strings keep their backslashes, which no name or body of ours contains. */
export function stringContent(text: string): string {
  const tag = dollarTag(text);
  if (tag !== null) return text.slice(tag.length, -tag.length);
  return text.slice(text.indexOf("'") + 1, -1).replaceAll("''", "'");
}

/** The SQL statements and expressions inside a PL/pgSQL or SQL body, with 1-based lines relative to the body's first. */
export function statementsOfBody(body: CodeBody, owner: Statement, text: string): Statement[] {
  try {
    if (body.language === "sql") return parseStatements(text);
    if (body.language !== "plpgsql") return [];
    return plpgsqlStatements(owner.text);
  } catch {
    // PostgreSQL itself judges bodies that the parser cannot read without a catalogue.
    return [];
  }
}

function plpgsqlStatements(create: string): Statement[] {
  const found: Statement[] = [];
  let line = 1;
  walk(parsePlPgSQLSync(create), (key, fields) => {
    if (typeof fields.lineno === "number") line = fields.lineno;
    if (key !== "PLpgSQL_expr" || typeof fields.query !== "string") return;
    for (const sql of [fields.query, `SELECT ${fields.query}`]) {
      try {
        for (const inner of parseStatements(sql)) found.push({ ...inner, line: line + inner.line - 1 });
        return;
      } catch {
        // An expression, not a statement: tried again as one.
      }
    }
  });
  return found;
}
