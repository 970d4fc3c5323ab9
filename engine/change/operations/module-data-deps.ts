import type { HostDb, Log } from "../../core/index.ts";
import type { ModuleDatabase } from "../../module-data/index.ts";
import type { Registry } from "../../supply/installed/index.ts";
import type { Plans } from "../plan/index.ts";
import type { Operations } from "./types.ts";

export interface ModuleDataDeps {
  db: HostDb;
  database: ModuleDatabase;
  dataDir: string;
  log: Log;
}

export interface ModuleDataRooms {
  registry: Registry;
  operations: Operations;
  plans: Plans;
}

/** How long a change that is going on may take before an export or a restore gives up on beginning. */
export const waitMs = 30_000;
