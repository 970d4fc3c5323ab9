export { createRegistry, describedBy, type RegistryRoom } from "./registry.ts";
export { notInstalled, requireInstalled } from "./require-installed.ts";
export { createServedVersions, type ServedVersionsRoom } from "./served-versions.ts";
export type * from "./types.ts";
