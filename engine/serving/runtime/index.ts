export { createRuntime } from "./create-runtime.ts";
export type * from "./types.ts";
