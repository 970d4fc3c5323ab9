import { defineTask, evaluate, type Subject } from "../../core/evaluation/index.ts";
import { GraftError } from "../../core/index.ts";
import type { run } from "./check-config-task.ts";
import { keepSecrets } from "./config-secrets.ts";
import type { Config, ConfigProblem, ConfigSchema } from "./find-config-problems.ts";

const task = defineTask<typeof run>(new URL("./check-config-task.ts", import.meta.url), { timeMs: 1000 });

/**
 * What is stored when `sent` replaces `previous`: secrets that came back masked keep their value. The schema is a
 * stranger's, so it is evaluated beside the host, within a second.
 * @throws INVALID_INPUT with the problems of each field, `smtp.host` for one inside an object, in `details.fieldErrors`;
 * MANIFEST_INVALID for a schema that cannot be used; TEXT_OVER_BUDGET, EVALUATION_BUSY
 */
export async function checkConfig(
  schema: ConfigSchema,
  { sent, previous = {} }: { sent: Config; previous?: Config | undefined },
  subject: Subject,
): Promise<Config> {
  const { config, lost } = keepSecrets(schema, sent, previous);
  if (lost.length > 0) throw lostSecrets(lost);
  const problems = await evaluate(task, { schema, config }, subject);
  if (problems.length === 0) return config;
  throw refusedConfig(problems);
}

/** INVALID_INPUT with the problems of each field in `details.fieldErrors`. */
export function refusedConfig(problems: readonly Pick<ConfigProblem, "path" | "words">[]): GraftError {
  const fieldErrors: Record<string, string[]> = {};
  for (const { path, words } of problems) {
    const field = path.join(".") || "config";
    fieldErrors[field] = [...(fieldErrors[field] ?? []), words];
  }
  const text = Object.entries(fieldErrors).map(([field, errors]) => `${field}: ${errors.join(", ")}`);
  return new GraftError("INVALID_INPUT", `These settings were not accepted. ${text.join("; ")}`, {
    details: { fieldErrors },
  });
}

function lostSecrets(lost: string[]): GraftError {
  const words = "is masked, and which stored secret this entry had cannot be told: type it again";
  return new GraftError(
    "INVALID_INPUT",
    `These settings were not accepted. ${lost.map((field) => `${field}: ${words}`).join("; ")}`,
    {
      hint: "An entry of a list keeps its secret by its id, key or name, else while nothing else about it changes.",
      details: { fieldErrors: Object.fromEntries(lost.map((field) => [field, [words]])) },
    },
  );
}
