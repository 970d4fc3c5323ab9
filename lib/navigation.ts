import { getEngine } from "./engine.ts";
import { hasRole, type Viewer } from "./session.ts";

export interface NavigationPlugin {
  name: string;
  title: string;
  /** Address of its icon; null when it has none. */
  icon: string | null;
  /** `badge`: address that answers how much is new for the viewer. */
  pages: { title: string; href: string; badge: string | null }[];
}

/** What the shell offers a viewer; holds nothing that they may not reach. */
export interface Navigation {
  user: { name: string; email: string; role: string; locale: string | null; timeZone: string | null };
  plugins: NavigationPlugin[];
  /** Null for members. */
  admin: {
    people: boolean;
    modules: { name: string; title: string; icon: string | null }[];
    /** Modules of which there is a newer version. */
    updates: number;
  } | null;
}

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
          updates: upgrades.count(),
        }
      : null,
  };
}

/** Administrators reach every module; in their navigation stands what they were given, as for everybody. */
export function isGiven(decision: { allowed: boolean; reason: string }): boolean {
  return decision.allowed && decision.reason !== "ADMINISTRATOR";
}
