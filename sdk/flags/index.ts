export * from "./describe.ts";
export * from "./requirement.ts";
export * from "./reweigh.ts";
export * from "./rollout.ts";
export * from "./rules.ts";
