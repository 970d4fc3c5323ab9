export { tryLead } from "../lead/leader.ts";
export { whileSettled } from "../lead/while-settled.ts";
export { createInstall } from "./create-install.ts";
export type * from "./types.ts";
