import type { Actor, HostDb, Log } from "../../core/index.ts";
import type { ModuleDatabase, SnapshotFacts } from "../../module-data/index.ts";
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

/** A file somebody gave, which is taken over, with what it says of itself. */
export interface UploadedData {
  actor: Actor;
  facts: SnapshotFacts;
  file: string;
}

/** How long a change that is going on may take before an export or a restore gives up on beginning. */
export const waitMs = 30_000;
