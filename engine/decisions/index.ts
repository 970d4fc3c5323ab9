export { createFlags } from "./create-flags.ts";
export type * from "./types.ts";
