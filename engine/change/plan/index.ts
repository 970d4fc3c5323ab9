export { createPlans, type PlansDeps } from "./create-plans.ts";
export { loadMigrations } from "./load-migrations.ts";
export type * from "./types.ts";
