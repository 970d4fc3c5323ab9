import { type Context, problem, reply } from "@graft/sdk/server";
import { type ImportOutcome, type ImportProgress, importLines } from "./import-lines.ts";

/**
 * NDJSON in, one entity or relation a line, an entity before the relations that use it. All lines are written in one
 * transaction, or none. Callers that accept NDJSON get a line of progress after each batch, then the result.
 */
export async function importGraph({ request, log }: Context) {
  if (request.headers.accept?.includes("application/x-ndjson")) {
    const outcome = startImport((onProgress) => importLines(request, onProgress));
    const lines = toLines(outcome, (error) => log.error("an import failed", { error }));
    return reply(200, lines, { "content-type": "application/x-ndjson; charset=utf-8" });
  }
  const { errors, ...result } = await importLines(request, () => {});
  if (errors.length > 0) throw problem(422, summary(errors), { code: "IMPORT_INVALID", details: { errors } });
  return result;
}

type Step = { progress: ImportProgress } | { outcome: ImportOutcome };

/** Turns the callback of a running import into a sequence of its steps. */
async function* startImport(
  run: (onProgress: (progress: ImportProgress) => void) => Promise<ImportOutcome>,
): AsyncIterable<Step> {
  const waiting: ImportProgress[] = [];
  let wake = Promise.withResolvers<void>();
  const running = run((progress) => {
    waiting.push(progress);
    wake.resolve();
  });
  const ended = running.then(
    () => true,
    () => true,
  );
  for (let over = false; !over; ) {
    over = await Promise.race([ended, wake.promise.then(() => false)]);
    wake = Promise.withResolvers();
    for (const progress of waiting.splice(0)) yield { progress };
  }
  yield { outcome: await running };
}

async function* toLines(
  steps: AsyncIterable<Step>,
  onError: (error: unknown) => void,
): AsyncIterable<string> {
  const line = (value: object) => `${JSON.stringify(value)}\n`;
  try {
    for await (const step of steps) {
      if ("progress" in step) yield line({ kind: "progress", ...step.progress });
      else if (step.outcome.errors.length === 0) {
        const { errors: _, ...result } = step.outcome;
        yield line({ kind: "result", ...result });
      } else {
        const { errors } = step.outcome;
        yield line({ kind: "error", code: "IMPORT_INVALID", detail: summary(errors), errors });
      }
    }
  } catch (error) {
    onError(error);
    yield line({
      kind: "error",
      code: "IMPORT_FAILED",
      detail: "The import failed; nothing was written.",
      errors: [],
    });
  }
}

function summary(errors: ImportOutcome["errors"]): string {
  const [first] = errors;
  const others = errors.length > 1 ? `, and ${errors.length - 1} more` : "";
  return `Nothing was written: line ${first?.line}: ${first?.message}${others}`;
}
