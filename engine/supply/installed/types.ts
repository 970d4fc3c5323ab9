import type { Manifest, ModuleType } from "../../../sdk/manifest/index.ts";
import type { Digest } from "../../core/index.ts";
import type { Candidate } from "../resolver/index.ts";
import type { StoredSettings } from "../settings/index.ts";

export interface InstalledModule {
  name: string;
  title: string;
  summary: string;
  version: string;
  digest: Digest;
  type: ModuleType;
  publisher: string;
  manifest: Manifest;
  /** As stored: every secret sealed, nothing where a default is in force. */
  config: Record<string, unknown>;
  /** Number of the database that holds its data; null without one. */
  database: number | null;
  /** See {@link StoredSettings}. */
  secrets: readonly string[];
  aside: Record<string, unknown>;
  /** The operation that could not be taken back and left it stopped; null: it runs. */
  stoppedBy: string | null;
  generation: number;
  /** An administrator's limit until an answer of it begins; absent: as its manifest says. */
  timeoutMs?: number;
  installedAt: string;
  updatedAt: string;
}

/** The version of each module whose process serves on this host. */
export interface ServedVersions {
  /** During an upgrade still the old one, after an early cutover already the one gone back to; null: none serves. */
  served(name: string): InstalledModule | null;
}

export interface Registry extends ServedVersions {
  /** In memory, of the current generation; the same array until the registry is read again. */
  list(): readonly InstalledModule[];
  get(name: string): InstalledModule | null;
  generation(): number;
  /** After every {@link refresh}, whether or not it found something new. */
  onChange(listener: () => void): () => void;
  refresh(): Promise<void>;
}

/** What is installed, read in one statement so that it is one generation. */
export interface CurrentState {
  generation: number;
  modules: InstalledCandidate[];
}

export type InstalledCandidate = Candidate &
  Pick<InstalledModule, "database"> & { /** What is stored of them. */ settings?: StoredSettings };
