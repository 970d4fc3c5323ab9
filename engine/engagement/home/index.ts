export { createHome } from "./create-home.ts";
export type * from "./types.ts";
