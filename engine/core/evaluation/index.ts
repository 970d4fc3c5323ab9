// For tasks, which a thread loads: not all of core.
export { GraftError } from "../errors.ts";
export { evaluate } from "./evaluate.ts";
export { tooLarge } from "./over-budget.ts";
export { defineTask, type Subject } from "./task.ts";
