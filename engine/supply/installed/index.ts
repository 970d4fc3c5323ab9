export { createRegistry, describedBy, type RegistryRoom } from "./registry.ts";
export type * from "./types.ts";
