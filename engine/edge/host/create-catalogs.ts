import { join } from "node:path";
import { GraftError, type Log } from "../../core/index.ts";
import { type Catalog, createDirCatalog } from "../../supply/catalog/index.ts";
import type { ModuleStore } from "../../supply/store/index.ts";

/** GRAFT_CATALOGS in its order; `builtin` is what the build packed from modules/. */
export function createCatalogs(
  specs: string[],
  rootDir: string,
  deps: { store: ModuleStore; log: Log },
): Catalog[] {
  return specs.map((source) => {
    if (source === "builtin")
      return createDirCatalog({ source, dir: join(rootDir, "modules/.built"), ...deps });
    if (source.startsWith("dir:")) return createDirCatalog({ source, dir: source.slice(4), ...deps });
    throw new GraftError(
      "SETTINGS_INVALID",
      `GRAFT_CATALOGS: ${source} cannot be used: this version reads builtin and dir: catalogs.`,
      {
        hint: "Mirror the registry into a directory and name it with dir:PATH.",
      },
    );
  });
}
