import type { MigrationFile, MigrationProblem } from "../../types.ts";
import { loadParser, type Statement } from "./parse.ts";
import { withPresentExtensions } from "./present-extensions.ts";
import { type Piece, readScript, type ScriptRead } from "./read-script.ts";
import { type Granted, refuseStatement } from "./refuse-statement.ts";
import { problem, type Script } from "./script.ts";

interface Read extends ScriptRead {
  file: MigrationFile;
}

/** Parses migrations and says what of them the server forbids or what would reach outside the database; nothing is run. */
export async function judgeScripts(migrations: MigrationFile[], granted: Granted): Promise<Script[]> {
  await loadParser();
  return migrations.map((file) => judgeScript({ file, ...readScript(file) }, granted));
}

function judgeScript(read: Read, granted: Granted): Script {
  const { file, text, pieces } = read;
  const inside = new Map<Statement, Statement[]>();
  for (const piece of pieces) if (piece.statement.node.DoStmt) inside.set(piece.statement, piece.inside);
  return {
    name: file.name,
    source: file.sql,
    sql: withPresentExtensions(text, pieces, granted),
    statements: pieces.map(({ statement }) => statement),
    pieces,
    inside,
    problems: [...syntaxProblems(read), ...pieces.flatMap((piece) => judge(file.name, piece, granted))],
  };
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
  const reason = refuseStatement(statement.node, granted);
  if (reason !== null) return [problem(migration, statement, reason)];
  if (!statement.node.DoStmt || decides(statement.text)) return [];
  return inside.flatMap((inner) => {
    const why = refuseStatement(inner.node, granted);
    return why === null ? [] : [problem(migration, inner, why)];
  });
}

/** A block that asks before it acts, or catches what the server says: what it holds may never run, or may fail. */
function decides(block: string): boolean {
  return /\b(if|case|exception|loop)\b/i.test(block);
}
