import {
  type Permission,
  type PermissionKind,
  permissionWords,
  reachesOut,
} from "../../../contract/permissions.ts";
import type { Manifest } from "../../../sdk/manifest/index.ts";
import type { PlanPermissionChange } from "./types.ts";

/**
 * What `after` may do that `before` may not, and the other way round. What reaches out of the module needs consent again.
 * @param before null: everything is new
 */
export function comparePermissions(before: Manifest | null, after: Manifest): PlanPermissionChange[] {
  const module = after.name;
  const had = before ? rightsOf(before) : new Map<string, Permission>();
  const has = rightsOf(after);
  const changes: PlanPermissionChange[] = [];
  for (const [key, { kind, text }] of has) {
    if (!had.has(key) && !(before && isCovered(before, kind, key)))
      changes.push({ module, kind, change: "added", consent: reachesOut(kind), text });
  }
  changes.push(...compareMemory(before, after));
  for (const [key, { kind, text }] of had) {
    if (!has.has(key)) changes.push({ module, kind, change: "removed", consent: false, text });
  }
  return changes;
}

function rightsOf({ name, database, permissions, api, pages, widgets }: Manifest): Map<string, Permission> {
  const rights = new Map<string, Permission>();
  const add = (key: string, kind: PermissionKind, text: string) => void rights.set(key, { kind, text });
  if (database) add("database", "database", permissionWords.database());
  for (const extension of database?.extensions ?? [])
    add(`extension ${extension}`, "extension", permissionWords.extension(extension));
  for (const other of permissions.modules) add(`module ${other}`, "module", permissionWords.module(other));
  for (const host of permissions.network)
    add(`network ${host.toLowerCase()}`, "network", permissionWords.network([host]));
  for (const version of Object.keys(api)) add(`api ${version}`, "api", permissionWords.api(name, [version]));
  for (const { path, title } of pages) add(`page ${path}`, "pages", permissionWords.pages([title]));
  for (const { id, title } of widgets) add(`widget ${id}`, "widgets", permissionWords.widgets([title]));
  return rights;
}

/** A host that a wildcard of the installed version reaches already is nothing new. */
function isCovered({ permissions }: Manifest, kind: PermissionKind, key: string): boolean {
  if (kind !== "network") return false;
  const host = key.slice("network ".length);
  return permissions.network.some((held) => {
    const wildcard = held.toLowerCase();
    return wildcard === "*" || (wildcard.startsWith("*.") && host.endsWith(wildcard.slice(1)));
  });
}

/** Its amount, not its being there, is what is granted. */
function compareMemory(before: Manifest | null, after: Manifest): PlanPermissionChange[] {
  const had = before?.runtime?.memoryMb ?? 0;
  const has = after.runtime?.memoryMb ?? 0;
  const changed = (change: PlanPermissionChange["change"], text: string): PlanPermissionChange[] => [
    { module: after.name, kind: "memory", change, consent: change === "added", text },
  ];
  const { memory, moreMemory, lessMemory } = permissionWords;
  if (has > had) return changed("added", had === 0 ? memory(has) : moreMemory(had, has));
  if (has < had) return changed("removed", has === 0 ? memory(had) : lessMemory(had, has));
  return [];
}
