import type { Navigation } from "../contract/navigation.ts";
import { getEngine } from "./engine.ts";
import { hasRole, type Viewer } from "./session.ts";

/** Address at which the gateway serves a file of a module, immutable. */
export function moduleFileUrl(digest: string, path: string): string {
  return `/frames/${digest.slice("sha256:".length)}/${path}`;
}

/** Address of a path of a module's own API: `/v1/posts` of `polls` is `/api/v1/polls/posts`. */
export function moduleApiUrl(module: string, path: string): string {
  const [, version = "", ...rest] = path.split("/");
  return `/api/${version}/${module}/${rest.join("/")}`;
}

export function getNavigation(viewer: Viewer): Navigation {
  const { flags, upgrades, registry } = getEngine();
  const installed = registry.list().map((module) => ({
    name: module.name,
    title: module.title,
    icon: module.manifest.icon === undefined ? null : moduleFileUrl(module.digest, module.manifest.icon),
    pages: module.manifest.pages.map((page) => ({
      title: page.title,
      href: `/m/${module.name}${page.path === "/" ? "" : page.path}`,
      badge: page.badge === undefined ? null : moduleApiUrl(module.name, page.badge),
    })),
  }));
  return {
    user: {
      name: viewer.name,
      email: viewer.email,
      role: viewer.role,
      locale: viewer.locale,
      timeZone: viewer.timeZone,
    },
    plugins: installed.filter((m) => m.pages.length > 0 && isGiven(flags.decide(viewer, m.name))),
    admin: hasRole(viewer, "operator")
      ? {
          people: hasRole(viewer, "administrator"),
          modules: installed.map(({ name, title, icon }) => ({ name, title, icon })),
          upgrades: upgrades.count(),
        }
      : null,
  };
}

/** Administrators reach every module; in their navigation stands what they were given, as for everybody. */
export function isGiven(decision: { allowed: boolean; reason: string }): boolean {
  return decision.allowed && decision.reason !== "ADMINISTRATOR";
}
