export { createIsolation, type IsolationOptions } from "./create-isolation.ts";
export { othersReach } from "./others-reach.ts";
export type { Isolation, Place, PlacedCommand, SandboxMode } from "./types.ts";
