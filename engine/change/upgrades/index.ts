export { createUpgrades } from "./create-upgrades.ts";
export type * from "./types.ts";
export { isTimeZone } from "./window.ts";
