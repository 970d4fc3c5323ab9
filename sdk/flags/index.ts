export * from "./describe.ts";
export * from "./requirement.ts";
export * from "./rules.ts";
