import { z } from "zod";
import type { Manifest } from "../sdk/manifest/index.ts";

export const permissionKind = z.enum([
  "database",
  "network",
  "module",
  "memory",
  "extension",
  "pages",
  "widgets",
  "api",
]);
export type PermissionKind = z.infer<typeof permissionKind>;

export const permission = z.object({
  kind: permissionKind,
  /** Plain words: "Keeps its own tables in a database of its own". */
  text: z.string(),
});
export type Permission = z.infer<typeof permission>;

/**
 * What reaches out of the module: network, other modules, the server's memory, extensions, tables of its own. Pages,
 * widgets and APIs do not: they lie below the module's own address, and only who was given the module gets them.
 */
export function reachesOut(kind: PermissionKind): boolean {
  return kind !== "pages" && kind !== "widgets" && kind !== "api";
}

const count = (titles: string[], what: string) => `${titles.length} ${what}${titles.length === 1 ? "" : "s"}`;

/** The words of each kind, for whoever grants it: in the marketplace, in a plan, and where a version asks for more. */
export const permissionWords = {
  database: () => "Keeps its own tables in a database of its own; it cannot read anyone else's.",
  /** @param known absent where no server was asked */
  extension: (name: string, known?: { trusted: boolean; installed: boolean }) => {
    const what = `${known && !known.installed ? "Adds to its database and uses" : "Uses"} the PostgreSQL extension ${name}`;
    if (known === undefined || known.trusted || known.installed) return `${what}.`;
    return `${what}, which PostgreSQL does not trust: its code runs with all rights of the database server.`;
  },
  memory: (memoryMb: number) => `Runs a process of its own with up to ${memoryMb} MB of memory.`,
  moreMemory: (had: number, has: number) => `Takes up to ${has} MB of memory instead of ${had} MB.`,
  lessMemory: (had: number, has: number) => `Takes up to ${had} MB of memory; now ${has} MB.`,
  /** @param api as manifests name it: `polls:v1` */
  module(api: string) {
    const [name, version] = api.split(":");
    return `Calls the ${version} API of ${name} in the name of the user who is using it.`;
  },
  network: (hosts: string[]) => `Connects to ${hosts.join(", ")}.`,
  api: (module: string, versions: string[]) =>
    `Answers at ${versions.map((version) => `/api/${version}/${module}/`).join(" and ")}.`,
  pages: (titles: string[]) => `Adds ${count(titles, "page")} to the navigation: ${titles.join(", ")}.`,
  widgets: (titles: string[]) => `Adds ${count(titles, "widget")} to the home page: ${titles.join(", ")}.`,
};

/** What a module asks for. `extensions`, by name: what the server says of those it lists. */
export function describePermissions(
  manifest: Manifest,
  extensions: ReadonlyMap<string, { trusted: boolean; installed: boolean }> = new Map(),
): Permission[] {
  const { name, runtime, permissions } = manifest;
  const found: Permission[] = [];
  const add = (kind: PermissionKind, text: string) => void found.push({ kind, text });
  if (manifest.database) add("database", permissionWords.database());
  for (const extension of manifest.database?.extensions ?? [])
    add("extension", permissionWords.extension(extension, extensions.get(extension)));
  if (runtime) add("memory", permissionWords.memory(runtime.memoryMb));
  for (const api of permissions.modules) add("module", permissionWords.module(api));
  if (permissions.network.length > 0) add("network", permissionWords.network(permissions.network));
  const apis = Object.keys(manifest.api);
  if (apis.length > 0) add("api", permissionWords.api(name, apis));
  const [pages, widgets] = [manifest.pages, manifest.widgets].map((all) => all.map(({ title }) => title));
  if (pages && pages.length > 0) add("pages", permissionWords.pages(pages));
  if (widgets && widgets.length > 0) add("widgets", permissionWords.widgets(widgets));
  return found;
}
