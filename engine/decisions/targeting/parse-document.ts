import { z } from "zod";
import type { DocumentProblem, FlagdDocument } from "../../../contract/flags.ts";
import { flagDefinition, flagDescription, json } from "../../../sdk/flags/definition.ts";
import { mapJson, positionOf } from "../../supply/manifest/index.ts";

const depthMax = 100;
const schema = z.strictObject({
  $schema: z.string().optional(),
  flags: z.record(z.string(), flagDefinition.extend({ description: flagDescription.optional() })),
  $evaluators: z.record(z.string(), json).optional(),
  metadata: z.unknown().optional(),
});

export interface ParsedDocument {
  /** Null when it has problems. */
  document: FlagdDocument | null;
  problems: DocumentProblem[];
  /** Says where a flag of the document stands. */
  locate(path: readonly PropertyKey[], message: string): DocumentProblem;
}

/** Reads a flagd document as a person wrote it; everything that is wrong is told with its line. */
export function parseDocument(text: string): ParsedDocument {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return failed([notJson(text, error as Error)]);
  }
  const map = mapJson(text, depthMax);
  if (map.depth > depthMax)
    return failed([{ line: 1, column: 1, path: "", message: "it is nested too deeply" }]);
  const locate = (path: readonly PropertyKey[], message: string): DocumentProblem => ({
    ...map.locate(path),
    path: path.join("."),
    message,
  });
  const twice = map.duplicates.map((path) => locate(path, `${path.at(-1)} stands here twice`));
  const parsed = schema.safeParse(value);
  const wrong = parsed.success
    ? []
    : parsed.error.issues.flatMap((issue) =>
        issue.code === "unrecognized_keys"
          ? issue.keys.map((key) => locate([...issue.path, key], `flagd knows no ${key} here`))
          : [locate(issue.path, lower(issue.message))],
      );
  const problems = [...twice, ...wrong].sort((a, b) => a.line - b.line);
  const document = problems.length === 0 ? (value as FlagdDocument) : null;
  return { document, problems, locate };
}

function failed(problems: DocumentProblem[]): ParsedDocument {
  return {
    document: null,
    problems,
    locate: (path, message) => ({ line: 1, column: 1, path: path.join("."), message }),
  };
}

function notJson(text: string, { message }: Error): DocumentProblem {
  const offset = Number(/position (\d+)/.exec(message)?.[1] ?? text.length);
  const said = message
    .replace(/ (in JSON )?at position .*$/s, "")
    .replace(/, (\.\.\.)?".*is not valid JSON$/s, "");
  return { ...positionOf(text, offset), path: "", message: `this is not JSON: ${lower(said)}` };
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
