import type { ModuleType } from "../../../sdk/manifest/index.ts";
import type { Digest, Json } from "../../core/index.ts";
import type { AccessSetting } from "../../decisions/index.ts";

export interface GenerationView {
  number: number;
  parent: number | null;
  createdAt: string;
  actorName: string;
  reason: string;
  operationId: string | null;
  current: boolean;
  modules: { name: string; version: string; digest: Digest; type: ModuleType }[];
  /** Against the parent, by name. */
  changes: ModuleChange[];
}

/** How a generation's modules differ from another's in one of them. */
export interface ModuleChange {
  /** `rebuilt`: the same version with other files. */
  kind: "added" | "removed" | "upgraded" | "downgraded" | "rebuilt";
  name: string;
  from: string | null;
  to: string | null;
}

/** What one generation holds otherwise than another. */
export interface GenerationDifference {
  from: number;
  to: number;
  modules: ModuleChange[];
  /** Of modules that both have; a widget without a rule of its own follows its module. */
  access: { target: string; from: AccessSetting | null; to: AccessSetting | null }[];
  /** Of modules that both have, by key; a secret is never told, only that it changed. */
  config: { module: string; key: string; secret: boolean; from: Json; to: Json }[];
  /** That lie between the versions. */
  migrations: { module: string; name: string; change: "runs" | "taken back" }[];
  /** False: one of them was left before Graft recorded access and settings. */
  settingsKnown: boolean;
}
