export { type Leadership, tryLead } from "../lead/leader.ts";
export { withoutRunningOperation } from "../lead/without-running-operation.ts";
export { createInstall } from "./create-install.ts";
export type * from "./types.ts";
