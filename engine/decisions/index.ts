export { createFlags } from "./create-flags.ts";
export { contextListMax, hasLongList } from "./targeting/context-lists.ts";
export type * from "./types.ts";
