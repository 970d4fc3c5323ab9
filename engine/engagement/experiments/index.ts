export { createExperiments } from "./create-experiments.ts";
export { experimentInput, goalReport, useReport } from "./input.ts";
export type * from "./types.ts";
