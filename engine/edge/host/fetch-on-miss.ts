import type { Digest } from "../../core/index.ts";
import type { ModuleStore } from "../../supply/store/index.ts";

/**
 * The store of a host that shares its database: what another host installed may not be here yet. A catalog that is read
 * puts what it offers into the store, so a miss reads the catalogs and looks again.
 */
export function fetchOnMiss(store: ModuleStore, readCatalogs: () => Promise<unknown>): ModuleStore {
  const withModule = async <T>(digest: Digest, use: (digest: Digest) => Promise<T>): Promise<T> => {
    if (!(await store.hasModule(digest))) await readCatalogs();
    return use(digest);
  };
  return {
    ...store,
    getModule: (digest) => withModule(digest, store.getModule),
    readFile: (digest, path) => withModule(digest, (found) => store.readFile(found, path)),
    verifyModule: (digest) => withModule(digest, store.verifyModule),
  };
}
