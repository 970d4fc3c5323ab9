import type { Manifest } from "../../../sdk/manifest/index.ts";
import type { PlanPermissionChange } from "./types.ts";

interface Right {
  kind: PlanPermissionChange["kind"];
  text: string;
}

/**
 * What `after` may do that `before` may not, and the other way round. Reaching out of the module (network, other
 * modules, the server's memory, extensions, tables of its own) needs consent again. Pages, widgets and APIs do not: they
 * lie below the module's own address, and only who was given the module gets them.
 * @param before null: everything is new
 */
export function comparePermissions(before: Manifest | null, after: Manifest): PlanPermissionChange[] {
  const module = after.name;
  const had = before ? rightsOf(before) : new Map<string, Right>();
  const has = rightsOf(after);
  const changes: PlanPermissionChange[] = [];
  for (const [key, { kind, text }] of has) {
    if (!had.has(key) && !(before && isCovered(before, kind, key)))
      changes.push({ module, kind, change: "added", consent: !harmless.has(kind), text });
  }
  changes.push(...compareMemory(before, after));
  for (const [key, { kind, text }] of had) {
    if (!has.has(key)) changes.push({ module, kind, change: "removed", consent: false, text });
  }
  return changes;
}

const harmless = new Set<PlanPermissionChange["kind"]>(["pages", "widgets", "api"]);

function rightsOf(manifest: Manifest): Map<string, Right> {
  const rights = new Map<string, Right>();
  const add = (key: string, kind: Right["kind"], text: string) => void rights.set(key, { kind, text });
  if (manifest.database) add("database", "database", "Keeps tables of its own.");
  for (const name of manifest.database?.extensions ?? [])
    add(`extension ${name}`, "extension", `Uses the PostgreSQL extension ${name}.`);
  for (const other of manifest.permissions.modules) {
    const [name, version] = other.split(":");
    add(
      `module ${other}`,
      "module",
      `Calls the ${version} API of ${name} in the name of the user who is using it.`,
    );
  }
  for (const host of manifest.permissions.network)
    add(`network ${host.toLowerCase()}`, "network", `Connects to ${host}.`);
  for (const version of Object.keys(manifest.api))
    add(`api ${version}`, "api", `Answers at /api/${version}/${manifest.name}/.`);
  for (const { path, title } of manifest.pages)
    add(`page ${path}`, "pages", `Adds the page ${title} to the navigation.`);
  for (const { id, title } of manifest.widgets)
    add(`widget ${id}`, "widgets", `Adds the widget ${title} to the home page.`);
  return rights;
}

/** A host that a wildcard of the installed version reaches already is nothing new. */
function isCovered({ permissions }: Manifest, kind: Right["kind"], key: string): boolean {
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
  const say = (change: PlanPermissionChange["change"], text: string): PlanPermissionChange[] => [
    { module: after.name, kind: "memory", change, consent: change === "added", text },
  ];
  if (has > had)
    return say(
      "added",
      had === 0
        ? `Runs a process of its own with up to ${has} MB of memory.`
        : `Takes up to ${has} MB of memory instead of ${had} MB.`,
    );
  if (has === had) return [];
  return say(
    "removed",
    has === 0 ? "Runs a process of its own." : `Takes up to ${had} MB of memory; now ${has} MB.`,
  );
}
