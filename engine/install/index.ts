export { createInstall } from "./create-install.ts";
export { tryLead } from "./leader.ts";
export type * from "./types.ts";
export { whileSettled } from "./while-settled.ts";
