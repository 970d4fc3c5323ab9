import { dollarTag } from "./code-bodies.ts";
import { scanTokens, type Token } from "./parse.ts";
import { identifier, pathText, pathValue, qualifierEdits, type Renaming, renameIn } from "./rename-public.ts";
import { schemaColumns } from "./schema-columns.ts";
import { applyEdits, type Edit } from "./script.ts";

// A literal that begins like this is SQL that the body puts together and runs.
const looksLikeSql =
  /^\s*(select|insert|update|delete|alter|create|drop|truncate|comment|with|refresh|lock|analyze|from|join|left|inner|on|into|to|references|using|where|and|or|set|cascade|grant|call|do|begin|declare)\b/i;
const isName = /^("public"|public)\s*\.\s*("[^"]+"|[\w$%]+)/i;

/** PL/pgSQL and pieces of SQL: no tree to go by, so the lexer's tokens and the literals that hold SQL. */
export function rewriteDynamic(text: string, to: Renaming): string {
  let tokens: Token[];
  try {
    tokens = scanTokens(text).filter((token) => token.kind !== "comment");
  } catch {
    return renameIn(text, to);
  }
  const edits = qualifierEdits(tokens, to);
  tokens.forEach((token, i) => {
    if (identifier(token) === "search_path") edits.push(...pathEdits(tokens.slice(i + 1), to));
    if (token.kind === "string") edits.push(literalEdit(tokens, i, token, to));
  });
  return applyEdits(text, edits);
}

/** SET search_path = … up to the end of the statement. */
function pathEdits(after: Token[], to: Renaming): Edit[] {
  if (!["=", "TO"].includes(after[0]?.text.toUpperCase() ?? "")) return [];
  const end = after.findIndex((token) => token.text === ";");
  return after.slice(1, end === -1 ? undefined : end).map((token) => pathValue(token, to));
}

function literalEdit(tokens: Token[], i: number, token: Token, to: Renaming): Edit {
  const { start, end, text } = token;
  const tag = dollarTag(text);
  const quote = tag ?? text.slice(0, text.indexOf("'") + 1);
  const inside = text.slice(quote.length, tag === null ? -1 : -tag.length);
  const content = tag === null ? inside.replaceAll("''", "'") : inside;
  if (content === "public" && comparesSchema(tokens, i))
    return { start, end, text: text.replace("public", to.schema) };
  if (tokens[i - 1]?.text === "," && tokens[i - 2]?.text === "'search_path'") return pathText(token, to);
  if (isName.test(content)) return { start, end, text: quote + renameIn(inside, to) + (tag ?? "'") };
  if (!looksLikeSql.test(content)) return { start, end, text };
  const renamed = rewriteDynamic(content, to);
  return {
    start,
    end,
    text: quote + (tag === null ? renamed.replaceAll("'", "''") : renamed) + (tag ?? "'"),
  };
}

/** `nspname = 'public'`, `table_schema IN ('public')` */
function comparesSchema(tokens: Token[], i: number): boolean {
  const before = tokens.slice(Math.max(0, i - 4), i);
  const [column, ...operator] =
    before.at(-1)?.text === "(" ? [before.at(-3), before.at(-2)] : [before.at(-2), before.at(-1)];
  return (
    schemaColumns.test(identifier(column) ?? "") &&
    ["=", "<>", "!=", "IN"].includes(operator[0]?.text.toUpperCase() ?? "")
  );
}
