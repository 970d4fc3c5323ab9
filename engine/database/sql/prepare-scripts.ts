import { extensionsSchema } from "../names.ts";
import type { DeferredIndex, MigrationFile, MigrationProblem } from "../types.ts";
import { findCodeBody, statementsOfBody } from "./code-bodies.ts";
import { deferrableIndexes } from "./defer-indexes.ts";
import { addedValue, commitPoints, remakeEnum, usesOfNewValues } from "./enum-values.ts";
import { namesOfExtensions } from "./extension-names.ts";
import {
  lines,
  loadParser,
  type Parsed,
  parseScript,
  SqlSyntaxError,
  type Statement,
  scanTokens,
  type Token,
} from "./parse.ts";
import { foreignSchema } from "./refuse-schema.ts";
import { type Granted, refuseStatement } from "./refuse-statement.ts";
import type { Renaming } from "./rename-public.ts";
import { dropConcurrently, isHostsBusiness } from "./rewrite-commands.ts";
import { rewritePublic } from "./rewrite-public.ts";
import { applyEdits, blankOut, type Edit, problem, type Script } from "./script.ts";
import { nameParts } from "./walk.ts";

interface Read {
  file: MigrationFile;
  /** Without a byte order mark, which is no SQL; a blank in its place keeps every offset. */
  text: string;
  parsed: Parsed;
  tokens: Token[];
  problems: MigrationProblem[];
}

/** Parses, judges and rewrites migrations; nothing is run. */
export async function prepareScripts(migrations: MigrationFile[], granted: Granted): Promise<Script[]> {
  await loadParser();
  const reads = migrations.map(read);
  const to = renaming(granted);
  for (const name of ownNames(reads)) to.extensionNames.delete(name);
  const special = planSpecial(reads, granted);
  return reads.map((one) => prepareScript(one, granted, to, special));
}

function read(file: MigrationFile): Read {
  const text = file.sql.replace(/^\uFEFF/, " ");
  try {
    return { file, text, parsed: parseScript(text), tokens: scanTokens(text), problems: [] };
  } catch (error) {
    if (!(error instanceof SqlSyntaxError)) throw error;
    const { line, message: reason } = error;
    const statement = text.split("\n")[line - 1]?.trim() ?? "";
    const parsed = { statements: [], offsetOf: (at: number) => at };
    return { file, text, parsed, tokens: [], problems: [{ migration: file.name, line, statement, reason }] };
  }
}

/** A search path with public on it finds what extensions made there, so wherever they live takes its place too. */
function renaming({ schema, extensions }: Granted): Renaming & { extensionNames: Map<string, string> } {
  const homes = Object.values(extensions).filter((home) => home !== "pg_catalog");
  const path = [...new Set([schema, extensionsSchema, ...homes])];
  return { schema, path, extensionNames: namesOfExtensions(extensions) };
}

/** What is not done as it is written. */
interface Special {
  /** Adds a value to an enum which something later uses: the enum is made anew. */
  remade: Set<Statement>;
  /** Scripts before which an empty schema's history commits instead, by name. */
  commitsFirst: Set<string>;
  deferred: ReturnType<typeof deferrableIndexes>;
}

function planSpecial(reads: Read[], granted: Granted): Special {
  const seen = reads.flatMap(({ file, parsed, tokens }) =>
    parsed.statements.map((statement) => ({
      migration: file.name,
      statement,
      tokens: within(tokens, statement),
    })),
  );
  const uses = usesOfNewValues(seen);
  const steps = granted.fresh && !granted.oneTransaction;
  return {
    remade: new Set(steps ? [] : uses.map(({ added }) => added)),
    commitsFirst: steps ? commitPoints(uses) : new Set(),
    // Tables that are as old as their indexes have no rows yet.
    deferred: granted.fresh ? new Map() : deferrableIndexes(seen, granted.wholeHistory ?? false),
  };
}

function prepareScript(read: Read, granted: Granted, to: Renaming, special: Special): Script {
  const { file, text, parsed, tokens } = read;
  const problems = [...read.problems];
  const statements: Statement[] = [];
  const deferred: DeferredIndex[] = [];
  const inside = new Map<Statement, Statement[]>();
  const edits = parsed.statements.flatMap((statement) => {
    const tokensInside = within(tokens, statement);
    const body = statementsInside(statement, tokensInside, text);
    if (statement.node.DoStmt) inside.set(statement, body);
    problems.push(...judge(file.name, statement, body, granted));
    if (isHostsBusiness(statement)) return [blankOut(text, statement)];
    const renaming = rewritePublic(parsed, text, statement, tokensInside, to);
    const later = special.deferred.get(statement);
    if (later) {
      const { migration, line, index, table } = later;
      deferred.push({ migration, line, index, table, sql: rewritten(statement, renaming) });
      return [blankOut(text, statement)];
    }
    statements.push(statement);
    const added = special.remade.has(statement) ? addedValue(statement) : null;
    if (added) return [remakeEnum(text, statement, added, granted.schema)];
    return [...dropConcurrently(text, statement, tokensInside), ...renaming];
  });
  return {
    name: file.name,
    source: file.sql,
    sql: applyEdits(text, edits),
    statements,
    inside,
    commitsFirst: special.commitsFirst.has(file.name),
    deferred,
    problems,
  };
}

/** Functions, types and operators that the module makes itself, whatever an extension calls its own. */
function ownNames(reads: Read[]): string[] {
  return reads.flatMap(({ parsed }) =>
    parsed.statements.flatMap(({ node }) => {
      const names = [
        node.CreateFunctionStmt?.funcname,
        node.DefineStmt?.defnames,
        node.CreateEnumStmt?.typeName,
      ];
      return names.flatMap((list) => nameParts(list).at(-1) ?? []);
    }),
  );
}

function rewritten({ start, text }: Statement, edits: Edit[]): string {
  return applyEdits(
    text,
    edits.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start })),
  );
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

function judge(
  migration: string,
  statement: Statement,
  inside: Statement[],
  granted: Granted,
): MigrationProblem[] {
  const reason = reasonToRefuse(statement, granted);
  if (reason !== null) return [problem(migration, statement, reason)];
  return inside.flatMap((inner) => {
    const why = reasonToRefuse(inner, granted);
    return why === null ? [] : [problem(migration, inner, why)];
  });
}

/** What the body of a function or DO block holds, with lines of the file. */
function statementsInside(statement: Statement, tokens: Token[], text: string): Statement[] {
  const body = findCodeBody(statement, tokens);
  if (!body) return [];
  const firstLine = lines(text)(body.start);
  return statementsOfBody(body, statement, text.slice(body.start, body.end)).map((inner) => ({
    ...inner,
    line: firstLine + inner.line - 1,
  }));
}

function reasonToRefuse(statement: Statement, granted: Granted): string | null {
  const reason = refuseStatement(statement.node, granted);
  if (reason !== null) return reason;
  const schema = foreignSchema(statement.node, granted.schema);
  return schema === null ? null : `reaches the schema ${schema}; a module has its own schema alone`;
}
