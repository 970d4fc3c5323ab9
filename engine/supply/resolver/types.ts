import type { Manifest } from "../../../sdk/manifest/index.ts";
import type { Digest } from "../../core/index.ts";

export interface Candidate {
  name: string;
  version: string;
  digest: Digest;
  manifest: Manifest;
}

export interface ResolveRequest {
  /** What the administrator asked for; `range` undefined: the newest. */
  want: { name: string; range?: string }[];
  /** Modules to be removed. */
  remove: string[];
  installed: Candidate[];
  available: Candidate[];
  graftVersion: string;
}

export interface ResolvedModule extends Candidate {
  action: "install" | "upgrade" | "keep";
  /** Names of modules in the target that this one needs, by dependency or capability. */
  needs: string[];
  /** Asked for by the administrator, not only pulled in. */
  requested: boolean;
}

export interface Resolution {
  /** The whole target set, dependencies before dependents. */
  modules: ResolvedModule[];
  removed: Candidate[];
}

/**
 * Pure. Picks the newest versions that satisfy every range; keeps what is installed unless a request needs otherwise.
 * @throws MODULE_NOT_IN_CATALOG, DEPENDENCY_MISSING, DEPENDENCY_CONFLICT, DEPENDENCY_CYCLE, ENGINE_UNSUPPORTED,
 * MODULE_NEEDED; each message names the chain of modules and ranges that cannot hold together.
 */
export type Resolve = (request: ResolveRequest) => Resolution;
