import { GraftError } from "../../core/index.ts";
import type { InstalledModule, Registry } from "../../supply/installed/index.ts";
import type { ApiTarget } from "./parse-target.ts";

type Installed = Pick<Registry, "get" | "served">;

/** While an upgrade goes on, requests are signed for and sent to the version that serves. */
export function findRoute(registry: Installed, module: string): InstalledModule | null {
  const installed = registry.get(module);
  return installed && (registry.served(module) ?? installed);
}

/** The installed module that an address names. @throws MODULE_NOT_INSTALLED, NOT_FOUND for a version it has not */
export function requireRoute(registry: Installed, target: ApiTarget): InstalledModule {
  const route = findRoute(registry, target.module);
  if (route === null) {
    throw new GraftError("MODULE_NOT_INSTALLED", `There is no module ${target.module} here.`, {
      hint: "An operator can look for it in the marketplace.",
      details: { module: target.module },
    });
  }
  if (Object.hasOwn(route.manifest.api, target.version)) return route;
  const versions = Object.keys(route.manifest.api);
  const offered = versions.length === 0 ? "it has no API" : `it has ${versions.join(", ")}`;
  throw new GraftError("NOT_FOUND", `${target.module} has no API ${target.version}: ${offered}.`, {
    details: { module: target.module, versions },
  });
}
