export { createApi } from "./create-api.ts";
export { createModuleApi } from "./create-module-api.ts";
export { createOfrep } from "./create-ofrep.ts";
export type { ApiEngine } from "./types.ts";
