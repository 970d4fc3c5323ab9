export { createModuleDatabase } from "./create-module-database.ts";
export { readHostRows, writeHostRows } from "./host-rows.ts";
export { hostMigrations, migrateHost } from "./migrate-host.ts";
export { type Moment, openMoment } from "./moment.ts";
export type * from "./types.ts";
