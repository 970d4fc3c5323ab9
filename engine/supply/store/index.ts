export { createModuleStore } from "./create-module-store.ts";
export type * from "./types.ts";
