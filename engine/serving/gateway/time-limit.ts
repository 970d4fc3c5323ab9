import { createRouter, malformedPath } from "../../../sdk/routing/index.ts";
import type { InstalledModule } from "../../supply/installed/index.ts";
import type { ApiTarget } from "./parse-target.ts";

type Route = Pick<InstalledModule, "manifest" | "timeoutMs">;
type Find = ReturnType<typeof createRouter<number>>;

const routers = new WeakMap<InstalledModule["manifest"], Find>();

/**
 * How long a module may take until its answer begins, in milliseconds. What an administrator set for the module holds for
 * all of it; else the manifest's limit for the route, else for the version of its API, else `fallbackMs`.
 */
export function timeLimitMs(
  { manifest, timeoutMs }: Route,
  { method, target }: { method: string; target: ApiTarget },
  fallbackMs: number,
): number {
  if (timeoutMs !== undefined) return timeoutMs;
  const version = manifest.api[target.version];
  if (version?.timeouts === undefined) return version?.timeoutMs ?? fallbackMs;
  const [path = ""] = target.path.split("?", 1);
  const found = routerOf(manifest)(method, path);
  const ofRoute = found === null || found === malformedPath || "allowed" in found ? undefined : found.handler;
  return ofRoute ?? version.timeoutMs ?? fallbackMs;
}

/** Of every version: the routes name theirs. */
function routerOf(manifest: Route["manifest"]): Find {
  let find = routers.get(manifest);
  if (find === undefined) {
    find = createRouter(Object.assign({}, ...Object.values(manifest.api).map(({ timeouts }) => timeouts)));
    routers.set(manifest, find);
  }
  return find;
}
