import { join } from "node:path";
import type { Log } from "../../core/index.ts";
import { type Catalog, createDirCatalog } from "../../supply/catalog/index.ts";
import type { ModuleStore } from "../../supply/store/index.ts";

/** GRAFT_CATALOGS in its order; `builtin` is what the build packed from modules/. */
export function createCatalogs(
  specs: string[],
  rootDir: string,
  deps: { store: ModuleStore; log: Log },
): Catalog[] {
  return specs.map((source) => {
    const dir = source === "builtin" ? join(rootDir, "modules/.built") : source.replace(/^dir:/, "");
    return createDirCatalog({ source, dir, ...deps });
  });
}
