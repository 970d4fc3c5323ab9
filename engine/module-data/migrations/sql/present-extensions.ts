import type { Piece } from "./read-script.ts";
import type { Granted } from "./refuse-statement.ts";
import { defElems, type Fields, nameParts } from "./walk.ts";

interface Edit {
  start: number;
  end: number;
  text: string;
}

/**
 * The text as it runs where an extension is there already, made by the host or listed by an older version: only such statements
 * change, in their line. CREATE EXTENSION says IF NOT EXISTS, so does the schema that is made for one, and a comment on what
 * the host owns is left out.
 */
export function withPresentExtensions(
  text: string,
  pieces: readonly Piece[],
  { extensions, trusted }: Granted,
): string {
  const isHosts = (name: string) => name === "plpgsql" || (extensions.includes(name) && !trusted.has(name));
  const schemas = new Set(
    pieces.flatMap(({ statement }) => {
      const { name, schema } = createdExtension(statement.node.CreateExtensionStmt);
      return schema !== null && isHosts(name) ? schema : [];
    }),
  );
  const edits = pieces.flatMap((piece) => editOf(piece, { schemas, isHosts, extensions }) ?? []);
  return edits.reduceRight(
    (result, { start, end, text: by }) => result.slice(0, start) + by + result.slice(end),
    text,
  );
}

/** Where a history puts an extension; null: where it falls. */
export function createdExtension(fields: Fields | undefined): { name: string; schema: string | null } {
  const schema = defElems(fields?.options).find(({ defname }) => defname === "schema")?.arg as
    | { String?: { sval?: string } }
    | undefined;
  return { name: String(fields?.extname ?? ""), schema: schema?.String?.sval ?? null };
}

interface Judged {
  schemas: ReadonlySet<string>;
  isHosts(name: string): boolean;
  extensions: readonly string[];
}

function editOf({ statement, tokens }: Piece, { schemas, isHosts, extensions }: Judged): Edit | null {
  const { CreateExtensionStmt: extension, CreateSchemaStmt: schema, CommentStmt: comment } = statement.node;
  const after = (word: string): Edit | null => {
    const token = tokens.find(({ text }) => text.toLowerCase() === word);
    return token ? { start: token.end, end: token.end, text: " IF NOT EXISTS" } : null;
  };
  if (extension && !extension.if_not_exists && extensions.includes(String(extension.extname)))
    return after("extension");
  if (schema && !schema.if_not_exists && !schema.schemaElts && schemas.has(String(schema.schemaname)))
    return after("schema");
  if (comment?.objtype !== "OBJECT_EXTENSION" || !isHosts(textOf(comment.object))) return null;
  const { start, end, text } = statement;
  return { start, end, text: `SELECT${text.replace(/[^\n]+/g, "")}` };
}

function textOf(object: unknown): string {
  return String(
    (object as { String?: { sval?: string } } | undefined)?.String?.sval ?? nameParts(object).at(-1) ?? "",
  );
}
