import { GraftError } from "../../core/index.ts";
import type { InstalledModule, Registry } from "./types.ts";

/** @throws MODULE_NOT_INSTALLED */
export function requireInstalled(registry: Pick<Registry, "get">, name: string): InstalledModule {
  const module = registry.get(name);
  if (module === null) throw notInstalled(name);
  return module;
}

export function notInstalled(name: string): GraftError {
  return new GraftError("MODULE_NOT_INSTALLED", `There is no module ${name} here.`, {
    details: { module: name },
  });
}
