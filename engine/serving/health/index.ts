export { createHealth } from "./create-health.ts";
export type * from "./types.ts";
