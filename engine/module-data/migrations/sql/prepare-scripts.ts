import { extensionsSchema } from "../../connections/names.ts";
import type { DeferredIndex, MigrationFile, MigrationProblem } from "../../types.ts";
import { deferrableIndexes } from "./defer-indexes.ts";
import { addedValue, commitPoints, remakeEnum, usesOfNewValues } from "./enum-values.ts";
import { namesOfExtensions } from "./extension-names.ts";
import { loadParser, type Statement } from "./parse.ts";
import { type Piece, readScript, type ScriptRead } from "./read-script.ts";
import { foreignSchema } from "./refuse-schema.ts";
import { type Granted, refuseStatement } from "./refuse-statement.ts";
import type { Renaming } from "./rename-public.ts";
import { dropConcurrently, isHostsBusiness } from "./rewrite-commands.ts";
import { rewritePublic } from "./rewrite-public.ts";
import { applyEdits, blankOut, type Edit, problem, type Script } from "./script.ts";
import { nameParts } from "./walk.ts";

interface Read extends ScriptRead {
  file: MigrationFile;
}

/** Parses, judges and rewrites migrations; nothing is run. */
export async function prepareScripts(migrations: MigrationFile[], granted: Granted): Promise<Script[]> {
  await loadParser();
  const reads = migrations.map((file) => ({ file, ...readScript(file) }));
  const to = renaming(granted);
  for (const name of ownNames(reads)) to.extensionNames.delete(name);
  const special = planSpecial(reads, granted);
  return reads.map((one) => prepareScript(one, granted, to, special));
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
  const seen = reads.flatMap(({ file, pieces }) =>
    pieces.map(({ statement, tokens }) => ({ migration: file.name, statement, tokens })),
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
  const { file, text, parsed } = read;
  const problems = syntaxProblems(read);
  const statements: Statement[] = [];
  const deferred: DeferredIndex[] = [];
  const inside = new Map<Statement, Statement[]>();
  const edits = read.pieces.flatMap((piece) => {
    const { statement, tokens } = piece;
    if (statement.node.DoStmt) inside.set(statement, piece.inside);
    problems.push(...judge(file.name, piece, granted));
    if (isHostsBusiness(statement)) return [blankOut(text, statement)];
    const renaming = rewritePublic(parsed, text, statement, tokens, to);
    const later = special.deferred.get(statement);
    if (later) {
      const { migration, line, index, table } = later;
      deferred.push({ migration, line, index, table, sql: rewritten(statement, renaming) });
      return [blankOut(text, statement)];
    }
    statements.push(statement);
    const added = special.remade.has(statement) ? addedValue(statement) : null;
    if (added) return [remakeEnum(text, statement, added, granted.schema)];
    return [...dropConcurrently(text, statement, tokens), ...renaming];
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

/** PostgreSQL's parser stumbles over a backslash where it stands or on the line after. */
function psqlLine(text: string, line: number): number | undefined {
  const all = text.split("\n");
  return [line, line - 1].find((at) => /^\s*\\/.test(all[at - 1] ?? ""));
}

function syntaxProblems({ file, text, error }: Read): MigrationProblem[] {
  if (error === null) return [];
  const line = psqlLine(text, error.line) ?? error.line;
  const statement = text.split("\n")[line - 1]?.trim() ?? "";
  const reason = statement.startsWith("\\")
    ? "is a command of psql, not SQL; remove the line (pg_dump writes \\restrict and \\unrestrict, Prisma runs neither)"
    : error.message;
  return [{ migration: file.name, line, statement, reason }];
}

function judge(migration: string, { statement, inside }: Piece, granted: Granted): MigrationProblem[] {
  const reason = reasonToRefuse(statement, granted);
  if (reason !== null) return [problem(migration, statement, reason)];
  return inside.flatMap((inner) => {
    const why = reasonToRefuse(inner, granted);
    return why === null ? [] : [problem(migration, inner, why)];
  });
}

function reasonToRefuse(statement: Statement, granted: Granted): string | null {
  const reason = refuseStatement(statement.node, granted);
  if (reason !== null) return reason;
  const schema = foreignSchema(statement.node, granted.schema);
  return schema === null ? null : `reaches the schema ${schema}; a module has its own schema alone`;
}
