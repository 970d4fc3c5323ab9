import type {
  CatalogEntry,
  CatalogModule,
  CatalogProblem,
  CatalogQuery,
  CatalogVersion,
} from "../../../contract/catalog.ts";

/** A place modules come from. */
export interface Catalog {
  readonly source: string;
  /** Every version it offers. Puts the files of what it lists into the store. Re-reads when something changed. */
  list(): Promise<{ versions: CatalogVersion[]; problems: CatalogProblem[] }>;
  /** README.md of one of its versions, Markdown; empty when there is none. */
  readme(version: CatalogVersion): Promise<string>;
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
