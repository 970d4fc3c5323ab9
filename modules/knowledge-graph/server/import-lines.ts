import type { Readable } from "node:stream";
import { type Sql, sql } from "@graft/sdk/server";
import { upsertEntities } from "./entities.sql.ts";
import { type ImportLine, importLine } from "./input.ts";
import { type Line, readLines } from "./read-lines.ts";
import { upsertRelations } from "./relations.sql.ts";

export interface ImportProgress {
  lines: number;
  entities: { created: number; updated: number };
  relations: { created: number; updated: number };
}
export interface ImportOutcome extends ImportProgress {
  ms: number;
  /** The first hundred; when there is any, nothing was written. */
  errors: { line: number; message: string }[];
}

type Entry = { line: number; value: ImportLine };

const batchSize = 2000;
const errorsMax = 100;
const lineLengthMax = 256 * 1024;

/** Writes all lines in one transaction, or none. A later line for the same entity or relation replaces the earlier. */
export async function importLines(
  input: Readable,
  onProgress: (progress: ImportProgress) => void,
): Promise<ImportOutcome> {
  const startedAt = performance.now();
  const outcome: ImportOutcome = {
    lines: 0,
    entities: { created: 0, updated: 0 },
    relations: { created: 0, updated: 0 },
    ms: 0,
    errors: [],
  };
  const refused = Symbol("refused");
  try {
    await sql.transaction(async (tx) => {
      await writeLines(tx, input, { outcome, onProgress });
      // Throwing is how a transaction is taken back.
      if (outcome.errors.length > 0) throw refused;
    });
  } catch (error) {
    if (error !== refused) throw error;
  }
  outcome.ms = Math.round(performance.now() - startedAt);
  return outcome;
}

async function writeLines(
  tx: Sql,
  input: Readable,
  { outcome, onProgress }: { outcome: ImportOutcome; onProgress: (progress: ImportProgress) => void },
): Promise<void> {
  let batch = new Map<string, Entry>();
  const flush = async () => {
    if (batch.size === 0) return;
    // After the first error the rest is only checked: nothing will be kept.
    if (outcome.errors.length === 0) await writeBatch(tx, [...batch.values()], outcome);
    batch = new Map();
    const { lines, entities, relations } = outcome;
    onProgress({ lines, entities: { ...entities }, relations: { ...relations } });
  };
  let kind: ImportLine["kind"] | null = null;
  for await (const line of readLines(input, lineLengthMax)) {
    if (outcome.errors.length >= errorsMax) break;
    outcome.lines++;
    const value = parseLine(line, outcome);
    if (!value) continue;
    const key = value.kind === "entity" ? value.id : `${value.from}\n${value.type}\n${value.to}`;
    // One statement writes one kind and each row once.
    if (value.kind !== kind || batch.size >= batchSize || batch.has(key)) await flush();
    kind = value.kind;
    batch.set(key, { line: line.number, value });
  }
  await flush();
}

function parseLine({ number, text, tooLong }: Line, { errors }: ImportOutcome): ImportLine | null {
  if (tooLong) {
    errors.push({ line: number, message: `is longer than ${lineLengthMax / 1024} KiB` });
    return null;
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    errors.push({
      line: number,
      message: `is not JSON: ${error instanceof Error ? error.message : String(error)}`,
    });
    return null;
  }
  const parsed = importLine.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue?.path.join(".") ?? "";
  errors.push({ line: number, message: `${path ? `${path}: ` : ""}${issue?.message ?? "is not valid"}` });
  return null;
}

async function writeBatch(tx: Sql, entries: Entry[], outcome: ImportOutcome): Promise<void> {
  const entities = entries.flatMap(({ value }) => (value.kind === "entity" ? [value] : []));
  if (entities.length > 0) {
    const created = await upsertEntities(tx, entities);
    outcome.entities.created += created;
    outcome.entities.updated += entities.length - created;
    return;
  }
  const relations = entries.flatMap(({ value }) => (value.kind === "relation" ? [value] : []));
  const { created, missing } = await upsertRelations(tx, relations);
  for (const { index, id } of missing.slice(0, errorsMax)) {
    const line = entries[index]?.line ?? 0;
    outcome.errors.push({
      line,
      message: `there is no entity ${id}; an entity must come before its relations`,
    });
  }
  outcome.relations.created += created;
  outcome.relations.updated += relations.length - created;
}
