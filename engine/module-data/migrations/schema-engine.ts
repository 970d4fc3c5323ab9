import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import type { SchemaEngine } from "@prisma/schema-engine-wasm";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import type { MigrationFile } from "../types.ts";
import { watchEngine } from "./watch-engine.ts";

// The package's own entry imports the .wasm as a module, which Node does not offer without a flag.
const wasmPath = createRequire(import.meta.url)
  .resolve("@prisma/schema-engine-wasm/schema_engine_bg")
  .replace(/\.js$/, ".wasm");

type Bindings = typeof bindings;

let compiled: Promise<WebAssembly.Module> | undefined;
let ready: Promise<Bindings> | undefined;
let instances = 0;

/** Compiles and starts the engine once per process (some 40 ms). */
export async function loadSchemaEngine(): Promise<void> {
  await loaded();
}

function loaded(): Promise<Bindings> {
  ready ??= instantiate();
  return ready;
}

async function instantiate(): Promise<Bindings> {
  compiled ??= readFile(wasmPath).then((bytes) => WebAssembly.compile(bytes));
  // The bindings keep views of their instance's memory, so that a new instance needs bindings of its own.
  const url = pathToFileURL(wasmPath.replace(/\.wasm$/, ".js"));
  const own: Bindings = instances++ === 0 ? bindings : await import(`${url.href}?instance=${instances}`);
  const imports = { "./schema_engine_bg.js": own as unknown as WebAssembly.ModuleImports };
  const { exports } = await WebAssembly.instantiate(await compiled, imports);
  const wasm = own as unknown as { __wbg_set_wasm(exports: WebAssembly.Exports): void };
  wasm.__wbg_set_wasm(exports);
  (exports.__wbindgen_start as () => void)();
  return own;
}

/**
 * Runs `use` with an engine on the adapter. A trap inside WASM leaves the instance unusable: the next call gets a new one.
 * @throws MIGRATION_FAILED when the engine does not go on
 */
export async function withSchemaEngine<T>(
  factory: SqlMigrationAwareDriverAdapterFactory,
  use: (engine: SchemaEngine) => Promise<T>,
  limits: { limitMs?: number } = {},
): Promise<T> {
  const instance = loaded();
  const own = await instance;
  const watch = watchEngine(factory, limits);
  const work = runEngine(own, watch.factory, use);
  try {
    return await Promise.race([work, watch.silent]);
  } catch (error) {
    const isLost = watch.isSilent() || error instanceof WebAssembly.RuntimeError;
    if (isLost && ready === instance) ready = undefined;
    throw error;
  } finally {
    watch.end();
  }
}

async function runEngine<T>(
  own: Bindings,
  factory: SqlMigrationAwareDriverAdapterFactory,
  use: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  const engine = await own.SchemaEngine.new(
    { datamodels: [["schema.prisma", 'datasource db { provider = "postgresql" }']] },
    () => {},
    bindMigrationAwareSqlAdapterFactory(factory),
  );
  try {
    return await use(engine);
  } finally {
    engine.free();
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
