export { type ModuleServer, sameServer } from "./connections/module-server.ts";
export { createModuleDatabase } from "./create-module-database.ts";
export { readHostRows, writeHostRows } from "./host/host-rows.ts";
export { hostMigrations, migrateHost } from "./host/migrate-host.ts";
export { type DatabaseSnapshot, openSnapshot } from "./host/open-snapshot.ts";
export type * from "./types.ts";
