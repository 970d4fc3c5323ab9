import { type Manifest, manifestSchema } from "../../../sdk/manifest/index.ts";
import { defineTask, evaluate } from "../../core/evaluation/index.ts";
import { GraftError } from "../../core/index.ts";
import { checkConsistency } from "./check-consistency.ts";
import type { NamedSchema, run } from "./check-schemas-task.ts";
import { describeIssue, type Finding, formatPath, type ManifestProblem } from "./describe-issue.ts";
import { findMissingFiles } from "./find-missing-files.ts";
import { type JsonMap, mapJson, positionOf } from "./locate-json.ts";

const bytesMax = 256 * 1024;
const depthMax = 64;

const task = defineTask<typeof run>(new URL("./check-schemas-task.ts", import.meta.url), {
  timeMs: 2000,
  keep: true,
});

/**
 * Reads and checks a `module.json` that may be a stranger's: as {@link parseManifest}, and its JSON Schemas and their
 * patterns, which a thread beside the host compiles.
 * @throws as {@link parseManifest}; TEXT_OVER_BUDGET, EVALUATION_BUSY
 */
export async function readManifest(
  source: Uint8Array | string,
  files?: ReadonlySet<string>,
): Promise<Manifest> {
  const { manifest, checked } = openManifest(source, files);
  await checked;
  return manifest;
}

/** As {@link readManifest}; `checked` rejects later for schemas that are wrong, which nothing that evaluates them takes anyway. */
export function openManifest(
  source: Uint8Array | string,
  files?: ReadonlySet<string>,
): { manifest: Manifest; checked: Promise<void> } {
  const { manifest, map } = read(source, files);
  return { manifest, checked: checkSchemas(manifest, map) };
}

async function checkSchemas(manifest: Manifest, map: JsonMap): Promise<void> {
  const schemas: NamedSchema[] = manifest.config ? [{ path: ["config"], schema: manifest.config }] : [];
  for (const [i, { config }] of manifest.widgets.entries())
    if (config !== undefined) schemas.push({ path: ["widgets", i, "config"], schema: config });
  if (schemas.length === 0) return;
  const findings = await evaluate(task, schemas, {
    module: manifest.name,
    file: "a JSON Schema in module.json",
  });
  if (findings.length > 0) throw invalid(findings.map((finding) => problem(finding, map)));
}

/**
 * Reads and checks a `module.json`; evaluates nothing that its author wrote.
 * @param source bytes or text of the file
 * @param files paths inside the module; when given, every file the manifest names must be among them
 * @throws MANIFEST_INVALID with every problem in `details.problems` ({@link ManifestProblem}),
 * MODULE_FILE_MISSING with every missing file in `details.files`
 */
export function parseManifest(source: Uint8Array | string, files?: ReadonlySet<string>): Manifest {
  return read(source, files).manifest;
}

function read(
  source: Uint8Array | string,
  files: ReadonlySet<string> | undefined,
): { manifest: Manifest; map: JsonMap } {
  const text = decode(source);
  const value = parseJson(text);
  const map = mapJson(text, depthMax);
  if (map.depth > depthMax)
    throw invalid([problem({ path: [], message: `is nested deeper than ${depthMax} levels` }, map)]);
  const parsed = manifestSchema.safeParse(value);
  const findings: Finding[] = map.duplicates.map((path) => ({ path, message: "this key stands here twice" }));
  if (parsed.success) findings.push(...checkConsistency(parsed.data));
  else findings.push(...parsed.error.issues.flatMap(describeIssue));
  if (!parsed.success || findings.length > 0) throw invalid(findings.map((finding) => problem(finding, map)));
  if (files) requireFiles(parsed.data, files, map);
  return { manifest: parsed.data, map };
}

function decode(source: Uint8Array | string): string {
  if (source.length > bytesMax)
    throw invalidAt({ line: 1, column: 1 }, `is larger than ${bytesMax / 1024} KB`);
  try {
    const text =
      typeof source === "string" ? source : new TextDecoder("utf-8", { fatal: true }).decode(source);
    return text.startsWith("\ufeff") ? text.slice(1) : text;
  } catch {
    throw invalidAt({ line: 1, column: 1 }, "is not UTF-8 text", "Save it as UTF-8.");
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const mark = /^(?:<{7}|={7}|>{7})(?: .*)?$/m.exec(text);
    if (mark) {
      const { line, column } = positionOf(text, mark.index);
      const hint =
        "Two versions of the file were merged and left undecided: keep one side, and remove the lines <<<<<<<, ======= and >>>>>>>.";
      throw invalidAt({ line, column }, "is not JSON: a merge conflict begins here", hint);
    }
    const message = error instanceof Error ? error.message : String(error);
    const offset = /at position (\d+)/.exec(message)?.[1];
    const { line, column } = positionOf(text, offset === undefined ? text.length : Number(offset));
    const what = message
      .replace(/ (in JSON )?at position .*$/s, "")
      .replace(/, (\.\.\.)?".*is not valid JSON$/s, "");
    throw invalidAt({ line, column }, `is not JSON: ${what}`, "JSON has no comments and no trailing commas.");
  }
}

function requireFiles(manifest: Manifest, files: ReadonlySet<string>, map: JsonMap): void {
  const missing = findMissingFiles(manifest, files);
  if (missing.length === 0) return;
  const problems = missing.map((finding) => problem(finding, map));
  throw new GraftError(
    "MODULE_FILE_MISSING",
    `module.json of ${manifest.name} names files that are not in the module:\n${list(problems)}`,
    {
      hint: "Add the files, or correct the paths; they are relative to the folder of module.json.",
      details: { module: manifest.name, files: missing.map(({ file }) => file), problems },
    },
  );
}

function problem({ path, ...rest }: Finding, map: JsonMap): ManifestProblem {
  return { path: formatPath(path), ...map.locate(path), ...rest };
}

function invalidAt(place: { line: number; column: number }, message: string, hint?: string): GraftError {
  return invalid([{ path: "", ...place, message, ...(hint ? { hint } : {}) }]);
}

function invalid(problems: ManifestProblem[]): GraftError {
  const count = problems.length === 1 ? "a problem" : `${problems.length} problems`;
  return new GraftError("MANIFEST_INVALID", `module.json has ${count}:\n${list(problems)}`, {
    hint: "Correct the places named above; docs/modules.md describes every key.",
    details: { problems },
  });
}

function list(problems: ManifestProblem[]): string {
  return problems
    .map(({ path, line, column, message, hint }) => {
      const where = `  ${line}:${column} ${path ? `${path}: ` : ""}`;
      return `${where}${message}${hint ? ` (${hint})` : ""}`;
    })
    .join("\n");
}
