import { createHash } from "node:crypto";
import { manifestSchema } from "../../../../sdk/manifest/index.ts";
import { describedBy } from "../registry.ts";
import type { InstalledModule, Registry } from "../types.ts";

/** As if it were installed: what a manifest must have besides is filled in. */
export function testModule(given: { name: string; [section: string]: unknown }): InstalledModule {
  const { name } = given;
  const manifest = manifestSchema.parse({
    ...{ manifestVersion: 1, publisher: "graft", version: "1.0.0", type: "module" },
    ...{ title: name, summary: name, license: "MIT" },
    ...given,
  });
  const at = "2026-01-01T00:00:00.000Z";
  return {
    ...describedBy(manifest),
    name,
    digest: `sha256:${createHash("sha256").update(name).digest("hex")}`,
    ...{
      config: {},
      secrets: [],
      aside: {},
      database: null,
      stoppedBy: null,
      generation: 1,
      installedAt: at,
      updatedAt: at,
    },
  };
}

export interface TestRegistry extends Registry {
  /** A new generation with these modules, which serve. */
  install(...modules: InstalledModule[]): void;
}

/** A registry without a database, for rooms that ask what is installed. */
export function createTestRegistry(...installed: InstalledModule[]): TestRegistry {
  let modules = installed;
  let generation = 1;
  const listeners = new Set<() => void>();
  const get = (name: string) => modules.find((module) => module.name === name) ?? null;
  return {
    get,
    served: get,
    list: () => modules,
    generation: () => generation,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    refresh: async () => {},
    install(...next) {
      modules = next;
      generation++;
      for (const listener of listeners) listener();
    },
  };
}
