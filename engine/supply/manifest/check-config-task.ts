import { GraftError } from "../../core/evaluation/index.ts";
import {
  type Config,
  type ConfigProblem,
  type ConfigSchema,
  findConfigProblems,
} from "./find-config-problems.ts";
import { findSchemaProblems } from "./schema-subset.ts";

const problemsMax = 200;

/** What a schema does not accept; empty when it accepts all. @throws MANIFEST_INVALID for a schema that cannot be used */
export function run({ schema, config }: { schema: ConfigSchema; config: Config }): ConfigProblem[] {
  const [wrong] = findSchemaProblems([], schema);
  if (wrong !== undefined) throw unusable(`${wrong.path.join(".")} ${wrong.message}`);
  try {
    return findConfigProblems(schema, config).slice(0, problemsMax);
  } catch (error) {
    // Too deep a value is not the schema's fault; the pool has words for it.
    if (error instanceof RangeError) throw error;
    throw unusable(error instanceof Error ? error.message : String(error));
  }
}

function unusable(reason: string): GraftError {
  return new GraftError("MANIFEST_INVALID", `The schema of these settings cannot be used: ${reason}.`, {
    hint: "Only the module's author can mend it.",
  });
}
