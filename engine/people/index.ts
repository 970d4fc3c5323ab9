export { auditIn } from "./audit.ts";
export { createAccess } from "./create-access.ts";
export { setUpFromSettings } from "./setup.ts";
export type * from "./types.ts";
