export { createPlans, type PlansDeps } from "./create-plans.ts";
export { loadMigrations } from "./load-migrations.ts";
export { type ManifestOf, maskPlan, maskSettings, plansToMask } from "./mask-plans.ts";
export type * from "./types.ts";
