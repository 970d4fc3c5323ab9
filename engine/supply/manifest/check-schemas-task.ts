import { Ajv2020 } from "ajv/dist/2020.js";
import type { Finding } from "./describe-issue.ts";
import { findConfigProblems } from "./find-config-problems.ts";

export interface NamedSchema {
  /** Where it stands in the manifest. */
  path: PropertyKey[];
  schema: Record<string, unknown>;
}

const ajv = new Ajv2020({ strict: false, logger: false });

/** What is wrong with schemas as JSON Schema, their patterns among it: each is compiled once. */
export function run(schemas: NamedSchema[]): Finding[] {
  return schemas.flatMap(({ path, schema }) => {
    if (!ajv.validateSchema(schema))
      return (ajv.errors ?? []).slice(0, 3).map((error) => ({
        path: [...path, ...error.instancePath.split("/").slice(1)],
        message: `is not valid JSON Schema: ${error.message ?? "invalid"}`,
      }));
    try {
      findConfigProblems(schema, {});
      return [];
    } catch (error) {
      if (error instanceof RangeError) throw error;
      const message = error instanceof Error ? error.message : String(error);
      return [{ path, message: `cannot be compiled: ${message}` }];
    }
  });
}
