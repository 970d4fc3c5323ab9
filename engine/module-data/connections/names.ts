import { createHash } from "node:crypto";
import type { DataPlace, ModuleRoles } from "../types.ts";

/**
 * Databases that no module owns: `spare` ones wait for a module, in `trial` ones a search tries things, into `proof` ones
 * a backup is restored to see that it can be.
 */
export type UnownedKind = "spare" | "trial" | "proof";

export interface Naming {
  roles(module: string): ModuleRoles;
  database(place: DataPlace): string;
  /** Null: no database of a module of this host. */
  placeOf(database: string): DataPlace | null;
  unowned(kind: UnownedKind, stamp: string): string;
  /** The stamp of such a database; null: it is none of this host's. */
  stampOf(kind: UnownedKind, database: string): string | null;
}

/**
 * Databases and roles belong to the whole server, so their names carry a hash of what identifies the host: two hosts can share
 * a server without meeting. Module names have at most 40 characters, so none reaches PostgreSQL's limit of 63 bytes.
 */
export function createNaming(identity: string): Naming {
  const hash = createHash("sha256").update(identity).digest("hex").slice(0, 8);
  const base = (module: string) => module.replaceAll("-", "_");
  const owned = new RegExp(`^m_([a-z0-9_]+)_${hash}_(\\d+)$`);
  return {
    roles: (module) => ({
      ownerRole: `graft_${hash}_${base(module)}_o`,
      runtimeRole: `graft_${hash}_${base(module)}_r`,
    }),
    database: ({ module, database }) => `m_${base(module)}_${hash}_${database}`,
    placeOf(name) {
      const [, module, database] = owned.exec(name) ?? [];
      return module === undefined
        ? null
        : { module: module.replaceAll("_", "-"), database: Number(database) };
    },
    unowned: (kind, stamp) => `m__${hash}_${kind}_${stamp}`,
    stampOf: (kind, name) => {
      const prefix = `m__${hash}_${kind}_`;
      return name.startsWith(prefix) ? name.slice(prefix.length) : null;
    },
  };
}
