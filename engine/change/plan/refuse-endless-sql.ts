import { tooLarge } from "../../core/evaluation/index.ts";
import { GraftError } from "../../core/index.ts";
import type { MigrationFile } from "../../module-data/index.ts";

const limits = { charsMax: 8_000_000, statementsMax: 50_000, commentDepthMax: 20, conditionsMax: 20_000 };
type Measure = keyof typeof limits;
const words: Record<Exclude<Measure, "charsMax">, string> = {
  statementsMax: "has more than 50,000 statements",
  commentDepthMax: "nests comments more than 20 deep",
  conditionsMax: "joins more than 20,000 conditions by AND or OR in one statement",
};

/**
 * Before PostgreSQL's parser sees them: what it would take minutes for, found in one pass over the text.
 * @throws TEXT_OVER_BUDGET naming the module, the file and the budget
 */
export function refuseEndlessSql(module: string, migrations: readonly MigrationFile[]): void {
  for (const { name, sql, down } of migrations)
    for (const [file, text] of [
      [`${name}/migration.sql`, sql],
      [`${name}/down.sql`, down ?? ""],
    ] as const) {
      if (text.length > limits.charsMax) throw tooLarge({ module, file }, limits.charsMax);
      const measure = findExcess(text);
      if (measure === null) continue;
      throw new GraftError("TEXT_OVER_BUDGET", `${module}: ${file} ${words[measure]}.`, {
        hint: "Only the module's author can change this: split the file, or make it simpler. Nothing was changed.",
        details: { module, file, budget: { [measure]: limits[measure] } },
      });
    }
}

// Where something begins that hides what is in it, and what is counted. Each branch ends where it began or moves on.
const next = /--[^\n]*|\/\*|'|"|\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$|;|\b(?:and|or)\b/giu;

function findExcess(sql: string): Exclude<Measure, "charsMax"> | null {
  let statements = 0;
  let conditions = 0;
  next.lastIndex = 0;
  for (let found = next.exec(sql); found !== null; found = next.exec(sql)) {
    const [mark] = found;
    if (mark === ";") {
      statements++;
      conditions = 0;
      if (statements > limits.statementsMax) return "statementsMax";
    } else if (mark === "/*") {
      const end = endOfComment(sql, found.index);
      if (end === null) return "commentDepthMax";
      next.lastIndex = end;
    } else if (mark === "'" || mark === '"') {
      const isEscaped = mark === "'" && /e/i.test(sql[found.index - 1] ?? "");
      next.lastIndex = endOfQuoted(sql, next.lastIndex, { quote: mark, isEscaped });
    } else if (mark.startsWith("$")) {
      const end = sql.indexOf(mark, next.lastIndex);
      next.lastIndex = end === -1 ? sql.length : end + mark.length;
    } else if (!mark.startsWith("--") && ++conditions > limits.conditionsMax) return "conditionsMax";
  }
  return null;
}

/** Null: it is nested too deeply. */
function endOfComment(sql: string, from: number): number | null {
  const border = /\/\*|\*\//g;
  border.lastIndex = from;
  let depth = 0;
  for (let found = border.exec(sql); found !== null; found = border.exec(sql)) {
    depth += found[0] === "/*" ? 1 : -1;
    if (depth > limits.commentDepthMax) return null;
    if (depth === 0) return border.lastIndex;
  }
  return sql.length;
}

/** A doubled quote is one in the text, as two texts side by side; a backslash escapes where the text begins with E. */
function endOfQuoted(
  sql: string,
  from: number,
  { quote, isEscaped }: { quote: string; isEscaped: boolean },
): number {
  let at = from;
  for (;;) {
    const end = sql.indexOf(quote, at);
    if (end === -1) return sql.length;
    let slashes = 0;
    while (isEscaped && sql[end - 1 - slashes] === "\\" && end - 1 - slashes >= from) slashes++;
    if (slashes % 2 === 0) return end + 1;
    at = end + 1;
  }
}
