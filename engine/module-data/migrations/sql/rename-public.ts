import type { Token } from "./parse.ts";
import type { Edit } from "./script.ts";

export interface Renaming {
  /** What `public` stands for; letters, digits and underscores, so it needs no quotes. */
  schema: string;
  /** What `public` on a search path stands for. */
  path: string[];
  /** Names that come from extensions, and the schema each is found in. */
  extensionNames: ReadonlyMap<string, string>;
}

/** The value of an identifier token. */
export function identifier(token: Token | undefined): string | null {
  if (token?.kind !== "identifier") return null;
  return token.text.startsWith('"')
    ? token.text.slice(1, -1).replaceAll('""', '"')
    : token.text.toLowerCase();
}

/** `public.x`, and `public` after the word SCHEMA. `except` holds offsets where public is a table's alias. */
export function qualifierEdits(all: Token[], to: Renaming, except: ReadonlySet<number> = new Set()): Edit[] {
  const tokens = all.filter((token) => token.kind !== "comment");
  return tokens.flatMap((token, i) => {
    if (identifier(token) !== "public") return [];
    const [before, after] = [tokens[i - 1], tokens[i + 1]];
    const qualifies = after?.text === "." && before?.text !== "." && !except.has(token.start);
    const named = before?.text.toUpperCase() === "SCHEMA";
    if (!qualifies && !named) return [];
    const schema = qualifies ? homeOf(nameAfter(tokens, i), to) : to.schema;
    return [
      { start: token.start, end: token.end, text: token.text.startsWith('"') ? `"${schema}"` : schema },
    ];
  });
}

/** The name a qualifier stands before; a symbol only in OPERATOR(public.%), for `%` is also format()'s placeholder. */
function nameAfter(tokens: Token[], i: number): string | null {
  const next = tokens[i + 2];
  const isOperator = tokens[i - 1]?.text === "(" && tokens[i - 2]?.text.toUpperCase() === "OPERATOR";
  return isOperator ? (next?.text ?? null) : identifier(next);
}

export function homeOf(name: string | null, to: Renaming): string {
  return (name !== null && to.extensionNames.get(name)) || to.schema;
}

const qualifiedName = /(^|[^\w."])("public"|public)(\s*\.\s*"?)([^\s".(]*)/gi;
/** Inside a text that is a qualified name, or a piece of SQL that cannot be read by itself. */
export function renameIn(text: string, to: Renaming): string {
  return text.replace(qualifiedName, (_, before: string, schema: string, dot: string, name: string) => {
    const home = homeOf(name.toLowerCase(), to);
    return `${before}${schema.startsWith('"') ? `"${home}"` : home}${dot}${name}`;
  });
}

/** A value of SET search_path. What an extension made stood in `public` too, so its schema follows the module's. */
export function pathValue(token: Token, to: Renaming): Edit {
  const { start, end, text } = token;
  if (identifier(token) === "public") return { start, end, text: to.path.join(", ") };
  if (text === "'public'") return { start, end, text: to.path.map((name) => `'${name}'`).join(", ") };
  return { start, end, text };
}

/** The same as one text: the argument of set_config. pg_dump sets it to nothing and qualifies every name. */
export function pathText(token: Token, to: Renaming): Edit {
  const text = token.text.replace(/"?\bpublic\b"?/g, to.path.join(", "));
  return { start: token.start, end: token.end, text };
}
