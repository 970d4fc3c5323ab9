import { GraftError } from "../../core/index.ts";
import type { ApiTarget } from "./parse-target.ts";
import type { ModuleRoute, Routes } from "./types.ts";

/** The installed module that an address names. @throws MODULE_NOT_INSTALLED, NOT_FOUND for a version it has not */
export function requireRoute(routes: Routes, target: ApiTarget): ModuleRoute {
  const route = routes.get(target.module);
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
