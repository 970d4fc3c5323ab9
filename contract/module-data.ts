import { z } from "zod";
import { moduleName } from "./limits.ts";
import { operationView } from "./operation.ts";

/** With a module's file; `confirm` is its name where it is installed, as a person typed it. */
export const moduleDataQuery = z.object({ confirm: moduleName.optional() });

/** What came of a module's file: an operation where it is installed, else kept data that the next install offers. */
export const moduleDataRestored = z.object({
  operation: operationView.nullable(),
  keptDataId: z.uuid().nullable(),
});
export type ModuleDataRestored = z.infer<typeof moduleDataRestored>;
