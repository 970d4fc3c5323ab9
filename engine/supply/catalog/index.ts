export { createCatalogService } from "./create-catalog-service.ts";
export { createDirCatalog } from "./create-dir-catalog.ts";
export { readModuleFolder } from "./read-module-folder.ts";
export type * from "./types.ts";
