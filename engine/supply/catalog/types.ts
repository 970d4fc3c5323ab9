import type { Manifest, ModuleType } from "../../../sdk/manifest/index.ts";
import type { Digest } from "../../core/index.ts";

/** One version of a module that could be installed. */
export interface CatalogVersion {
  name: string;
  version: string;
  digest: Digest;
  /** Bytes. */
  size: number;
  manifest: Manifest;
  /** The section of CHANGELOG.md for this version, Markdown; empty when there is none. */
  changelog: string;
  /** Which catalog it came from: `builtin`, `dir:/srv/modules`. */
  source: string;
}

export interface CatalogEntry {
  name: string;
  title: string;
  summary: string;
  type: ModuleType;
  publisher: string;
  categories: string[];
  latest: string;
  /** Digest of the latest version; icons and screenshots are served at `/frames/{hex}/{path}`. */
  digest: Digest;
  icon: string | null;
}

export interface CatalogModule extends CatalogEntry {
  /** Newest first. */
  versions: CatalogVersion[];
  /** README.md of the newest version, Markdown. */
  readme: string;
}

/** A folder that could not be read as a module: shown to the administrator, never silently dropped. */
export interface CatalogProblem {
  source: string;
  path: string;
  message: string;
  /** Set when nothing is wrong with the folder: its files found no room in the store. */
  code?: "DISK_FULL";
}

/** A place modules come from. */
export interface Catalog {
  readonly source: string;
  /** Every version it offers. Puts the files of what it lists into the store. Re-reads when something changed. */
  list(): Promise<{ versions: CatalogVersion[]; problems: CatalogProblem[] }>;
  /** README.md of one of its versions, Markdown; empty when there is none. */
  readme(version: CatalogVersion): Promise<string>;
}

export interface CatalogQuery {
  query?: string;
  type?: ModuleType;
  category?: string;
}

/** All configured catalogs as one. */
export interface CatalogService {
  search(
    query?: CatalogQuery,
  ): Promise<{ entries: CatalogEntry[]; categories: string[]; problems: CatalogProblem[] }>;
  /** @throws MODULE_NOT_IN_CATALOG */
  get(name: string): Promise<CatalogModule>;
  /** Every version of every module, for the resolver. */
  versions(): Promise<CatalogVersion[]>;
}
