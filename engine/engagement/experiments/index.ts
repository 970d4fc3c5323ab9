export { createExperiments } from "./create-experiments.ts";
export type * from "./types.ts";
