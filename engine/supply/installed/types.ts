import type { Manifest, ModuleType } from "../../../sdk/manifest/index.ts";
import type { Digest } from "../../core/index.ts";
import type { Candidate } from "../resolver/index.ts";

export interface InstalledModule {
  name: string;
  title: string;
  summary: string;
  version: string;
  digest: Digest;
  type: ModuleType;
  publisher: string;
  manifest: Manifest;
  config: Record<string, unknown>;
  generation: number;
  installedAt: string;
  updatedAt: string;
}

export interface Registry {
  /** In memory, of the current generation. */
  list(): readonly InstalledModule[];
  get(name: string): InstalledModule | null;
  generation(): number;
  onChange(listener: () => void): () => void;
  refresh(): Promise<void>;
}

/** What is installed, read in one statement so that it is one generation. */
export interface CurrentState {
  generation: number;
  modules: Candidate[];
}
