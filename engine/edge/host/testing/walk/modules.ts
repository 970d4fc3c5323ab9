import { writeModule } from "../write-module.ts";

/** Tells which version answers and with which settings. */
const server = `
import { createServer } from "node:http";
createServer((req, res) => {
  res.writeHead(200, { "content-type": "application/json" });
  res.end(JSON.stringify({ version: process.env.GRAFT_VERSION, config: JSON.parse(process.env.GRAFT_CONFIG) }));
}).listen(process.env.GRAFT_SOCKET);
process.on("SIGTERM", () => process.exit(0));
`;
const exits = "process.exit(3);";

interface Migration {
  sql: string;
  /** What it does to the columns of the table `items`. */
  add?: string;
  drop?: string;
}

const migrations: Record<string, Migration> = {
  "1_init": { sql: 'CREATE TABLE "items" ("id" int PRIMARY KEY, "v" text);', add: "v" },
  "2_note": { sql: 'ALTER TABLE "items" ADD COLUMN "note" text;', add: "note" },
  "3_rename": { sql: 'ALTER TABLE "items" RENAME COLUMN "v" TO "w";', add: "w", drop: "v" },
  "4_drop": { sql: 'ALTER TABLE "items" DROP COLUMN "note";', drop: "note" },
  "5_broken": { sql: 'ALTER TABLE "items" ADD COLUMN "lost" text; SELECT no_such_function();' },
  "6_extra": { sql: 'ALTER TABLE "items" ADD COLUMN "extra" text;', add: "extra" },
  "7_empty": { sql: 'TRUNCATE "items"; ALTER TABLE "items" DROP COLUMN "w";', drop: "w" },
};

interface Version {
  migrations?: string[];
  /** Its process ends before it listens. */
  exits?: boolean;
  dependencies?: Record<string, string>;
}

/**
 * Three modules whose versions can do to each other what versions do: add (2_note), change (3_rename), take away (4_drop),
 * fail in PostgreSQL (5_broken), not start after an addition (6_extra) and after a loss (7_empty).
 */
export const modules: Record<string, Record<string, Version>> = {
  alpha: {
    "1.0.0": { migrations: ["1_init"] },
    "1.1.0": { migrations: ["1_init", "2_note"] },
    "1.2.0": { migrations: ["1_init", "2_note"] },
    "2.0.0": { migrations: ["1_init", "2_note", "3_rename"] },
    "3.0.0": { migrations: ["1_init", "2_note", "3_rename", "4_drop"] },
    "4.0.0": { migrations: ["1_init", "2_note", "3_rename", "4_drop", "5_broken"] },
    "5.0.0": { migrations: ["1_init", "2_note", "3_rename", "4_drop", "6_extra"], exits: true },
    "6.0.0": { migrations: ["1_init", "2_note", "3_rename", "4_drop", "7_empty"], exits: true },
  },
  beta: {
    "1.0.0": { migrations: ["1_init"], dependencies: { alpha: ">=1.1.0 <4.0.0" } },
    "2.0.0": { migrations: ["1_init", "3_rename"], dependencies: { alpha: ">=1.0.0 <3.0.0" } },
    "3.0.0": { migrations: ["1_init", "3_rename", "7_empty"], exits: true },
  },
  gamma: { "1.0.0": {}, "1.1.0": {}, "2.0.0": { exits: true } },
};

export const moduleNames = Object.keys(modules);

export function hasData(module: string): boolean {
  return Object.values(modules[module] ?? {}).some((version) => version.migrations !== undefined);
}

export function migrationsOf(module: string, version: string): string[] {
  return modules[module]?.[version]?.migrations ?? [];
}

/** The columns of `items` after these migrations, in the alphabet's order. */
export function columnsAfter(applied: readonly string[]): string[] {
  const columns = new Set(["id"]);
  for (const name of [...applied].sort()) {
    const { add, drop } = migrations[name] ?? { sql: "" };
    if (drop !== undefined) columns.delete(drop);
    if (add !== undefined) columns.add(add);
  }
  return [...columns].sort();
}

export function writeWalkModules(catalogDir: string): void {
  for (const [name, versions] of Object.entries(modules)) {
    for (const [version, source] of Object.entries(versions)) {
      const used = source.migrations?.map((id) => [id, migrations[id]?.sql ?? ""] as const);
      writeModule(catalogDir, name, {
        manifest: {
          version,
          config: { type: "object", properties: { word: { type: "string" } } },
          flags: { fast: { type: "boolean", default: false, description: "Whether it hurries" } },
          ...(source.dependencies ? { dependencies: source.dependencies } : {}),
        },
        ...(used ? { migrations: Object.fromEntries(used) } : {}),
        server: source.exits ? exits : server,
      });
    }
  }
}
