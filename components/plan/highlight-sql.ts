export interface SqlToken {
  kind: "keyword" | "string" | "number" | "comment" | "plain";
  text: string;
}

const keywords = new Set(
  `add all alter always and any array as asc before begin between bigint bigserial boolean by bytea cascade case cast
  char check collate column comment commit concurrently conflict constraint create cross current_timestamp database
  date declare default deferrable deferred delete desc distinct do domain double drop each else end enum exception
  execute exists extension false for foreign from full function generated gin gist group having identity if
  immutable in index inet initially inner insert int integer interval into is join json jsonb key language lateral
  left like limit materialized no not null nulls numeric of on only or order outer over owned partition plpgsql
  precision primary procedure real references rename replace restrict return returning returns right row rows schema
  select sequence serial set smallint stable start table temporary text then time timestamp timestamptz tinyint to
  trigger true truncate type union unique update using uuid value values varchar view volatile when where with`.split(
    /\s+/,
  ),
);

const pattern =
  /(?<comment>--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<string>'(?:[^']|'')*(?:'|$)|\$(?<tag>[A-Za-z_]*)\$[\s\S]*?(?:\$\k<tag>\$|$)|"(?:[^"]|"")*(?:"|$))|(?<number>\b\d+(?:\.\d+)?\b)|(?<word>[A-Za-z_][A-Za-z0-9_]*)/g;

/** Splits SQL into coloured pieces; the texts joined are exactly the input. */
export function highlightSql(sql: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  let last = 0;
  const push = (kind: SqlToken["kind"], text: string) => {
    const previous = tokens.at(-1);
    if (text === "") return;
    if (previous?.kind === kind) previous.text += text;
    else tokens.push({ kind, text });
  };
  for (const match of sql.matchAll(pattern)) {
    push("plain", sql.slice(last, match.index));
    last = match.index + match[0].length;
    push(kindOf(match.groups ?? {}), match[0]);
  }
  push("plain", sql.slice(last));
  return tokens;
}

function kindOf(groups: Record<string, string | undefined>): SqlToken["kind"] {
  if (groups.comment !== undefined) return "comment";
  // A quoted identifier is a name, not a value.
  if (groups.string !== undefined) return groups.string.startsWith('"') ? "plain" : "string";
  if (groups.number !== undefined) return "number";
  return keywords.has(groups.word?.toLowerCase() ?? "") ? "keyword" : "plain";
}
