import type { Manifest, ModuleType } from "../../../sdk/manifest/index.ts";
import type { Digest, HostDb } from "../../core/index.ts";
import { createServedVersions, type ServedVersionsRoom } from "./served-versions.ts";
import type { CurrentState, InstalledModule, Registry } from "./types.ts";

interface ModuleRow {
  name: string;
  version: string;
  digest: string;
  type: string;
  manifest: unknown;
  config: unknown;
  database: number | null;
  secrets: unknown;
  aside: unknown;
  stopped_by: string | null;
  generation: number;
  timeout_ms: number | null;
  installed_at: Date;
  updated_at: Date;
}

// One statement: the number and the set it names are always of the same generation.
const readCurrent = `
  SELECT s.generation AS current, m.*
  FROM graft.host_state s LEFT JOIN graft.modules m ON true
  WHERE s.id = 1 ORDER BY m.name`;

export interface RegistryRoom extends Registry, ServedVersionsRoom {
  /** Straight from the database, for plans. */
  current(): Promise<CurrentState>;
}

/** The current generation and what of it serves here, in memory; `refresh` after every commit and every NOTIFY. */
export function createRegistry(db: HostDb): RegistryRoom {
  let generation = 0;
  let modules: readonly InstalledModule[] = [];
  let byName = new Map<string, InstalledModule>();
  const listeners = new Set<() => void>();

  async function read(): Promise<{ generation: number; modules: InstalledModule[] }> {
    const { rows } = await db.pool.query<ModuleRow & { current: number }>(readCurrent);
    return {
      generation: rows[0]?.current ?? 0,
      modules: rows.filter((row) => row.name !== null).map(toModule),
    };
  }

  return {
    ...createServedVersions(),
    list: () => modules,
    get: (name) => byName.get(name) ?? null,
    generation: () => generation,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async refresh() {
      const now = await read();
      // Two refreshes may overlap; the newer generation wins.
      if (now.generation < generation) return;
      generation = now.generation;
      modules = now.modules;
      byName = new Map(now.modules.map((module) => [module.name, module]));
      for (const listener of listeners) listener();
    },
    async current() {
      const now = await read();
      const candidate = ({ name, version, digest, manifest, database, ...stored }: InstalledModule) => ({
        ...{ name, version, digest, manifest, database },
        settings: { config: stored.config, secrets: stored.secrets, aside: stored.aside },
      });
      return { generation: now.generation, modules: now.modules.map(candidate) };
    },
  };
}

/** What an installed module takes from the manifest of its version. */
export function describedBy(manifest: Manifest) {
  const { title, summary, version, type, publisher } = manifest;
  return { title, summary, version, type, publisher, manifest };
}

function toModule(row: ModuleRow): InstalledModule {
  return {
    ...describedBy(row.manifest as Manifest),
    name: row.name,
    version: row.version,
    digest: row.digest as Digest,
    type: row.type as ModuleType,
    config: row.config as Record<string, unknown>,
    database: row.database,
    secrets: row.secrets as string[],
    aside: row.aside as Record<string, unknown>,
    stoppedBy: row.stopped_by,
    generation: row.generation,
    installedAt: row.installed_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    ...(row.timeout_ms === null ? {} : { timeoutMs: row.timeout_ms }),
  };
}
