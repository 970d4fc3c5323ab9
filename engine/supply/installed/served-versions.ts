import type { InstalledModule, ServedVersions } from "./types.ts";

/** Written by whoever starts and stops processes, and by nobody else. */
export interface ServedVersionsRoom extends ServedVersions {
  servedNames(): Iterable<string>;
  /** Requests go to this version from now on, in place of any other. */
  serve(module: InstalledModule): void;
  /** No version of it serves any more. */
  unserve(name: string): void;
}

export function createServedVersions(): ServedVersionsRoom {
  const versions = new Map<string, InstalledModule>();
  return {
    served: (name) => versions.get(name) ?? null,
    servedNames: () => versions.keys(),
    serve: (module) => void versions.set(module.name, module),
    unserve: (name) => void versions.delete(name),
  };
}
