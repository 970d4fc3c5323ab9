import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import type { SchemaEngine } from "@prisma/schema-engine-wasm";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import type { MigrationFile } from "./types.ts";

// The package's own entry imports the .wasm as a module, which Node does not offer without a flag.
const wasmPath = createRequire(import.meta.url)
  .resolve("@prisma/schema-engine-wasm/schema_engine_bg")
  .replace(/\.js$/, ".wasm");

let compiled: Promise<WebAssembly.Module> | undefined;
let ready: Promise<void> | undefined;

/** Compiles and starts the engine once per process (some 40 ms). */
export function loadSchemaEngine(): Promise<void> {
  ready ??= instantiate();
  return ready;
}

async function instantiate(): Promise<void> {
  compiled ??= readFile(wasmPath).then((bytes) => WebAssembly.compile(bytes));
  const imports = { "./schema_engine_bg.js": bindings as unknown as WebAssembly.ModuleImports };
  const { exports } = await WebAssembly.instantiate(await compiled, imports);
  const wasm = bindings as unknown as { __wbg_set_wasm(exports: WebAssembly.Exports): void };
  wasm.__wbg_set_wasm(exports);
  (exports.__wbindgen_start as () => void)();
}

/** Runs `use` with an engine on the adapter. A trap inside WASM leaves the instance unusable: the next call gets a new one. */
export async function withSchemaEngine<T>(
  factory: SqlMigrationAwareDriverAdapterFactory,
  use: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  await loadSchemaEngine();
  try {
    const engine = await bindings.SchemaEngine.new(
      { datamodels: [["schema.prisma", 'datasource db { provider = "postgresql" }']] },
      () => {},
      bindMigrationAwareSqlAdapterFactory(factory),
    );
    try {
      return await use(engine);
    } finally {
      engine.free();
    }
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) ready = undefined;
    throw error;
  }
}

export const noFilter = { externalTables: [], externalEnums: [] };

export function toMigrationList(migrations: MigrationFile[]) {
  return {
    baseDir: "migrations",
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"' },
    shadowDbInitScript: "",
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok" as const, value: sql } },
    })),
  };
}
