import { z } from "zod";
import { digest, moduleType } from "./limits.ts";
import { manifest } from "./manifest.ts";
import { pageOf } from "./page.ts";

/** A module that could be installed, as its latest version describes it. */
export const catalogEntry = z.object({
  name: z.string(),
  title: z.string(),
  summary: z.string(),
  type: moduleType,
  publisher: z.string(),
  categories: z.array(z.string()),
  latest: z.string(),
  /** Digest of the latest version; icons and screenshots are served at `/frames/{hex}/{path}`. */
  digest,
  icon: z.string().nullable(),
});
export type CatalogEntry = z.infer<typeof catalogEntry>;

/** One version of a module that could be installed. */
export const catalogVersion = z.object({
  name: z.string(),
  version: z.string(),
  digest,
  /** Bytes. */
  size: z.int(),
  manifest,
  /** The section of CHANGELOG.md for this version, Markdown; empty when there is none. */
  changelog: z.string(),
  /** Which catalog it came from: `builtin`, `dir:/srv/modules`. */
  source: z.string(),
});
export type CatalogVersion = z.infer<typeof catalogVersion>;

export const catalogModule = catalogEntry.extend({
  /** Newest first. */
  versions: z.array(catalogVersion),
  /** README.md of the newest version, Markdown. */
  readme: z.string(),
});
export type CatalogModule = z.infer<typeof catalogModule>;

/** A folder that could not be read as a module: shown to the administrator, never silently dropped. */
export const catalogProblem = z.object({
  source: z.string(),
  path: z.string(),
  message: z.string(),
  /** Set when nothing is wrong with the folder: its files found no room in the store. */
  code: z.literal("DISK_FULL").optional(),
});
export type CatalogProblem = z.infer<typeof catalogProblem>;

/** The installed version; null when it is not installed. */
const installed = { installed: z.string().nullable() };

export const catalogEntryView = catalogEntry.extend(installed);
export type CatalogEntryView = z.infer<typeof catalogEntryView>;

export const catalogModuleView = catalogModule.extend(installed);
export type CatalogModuleView = z.infer<typeof catalogModuleView>;

export const catalogView = pageOf(catalogEntryView).extend({
  categories: z.array(z.string()),
  problems: z.array(catalogProblem),
});

export const catalogQuery = z.object({
  query: z.string().max(200).optional(),
  type: moduleType.optional(),
  category: z.string().max(60).optional(),
});
export type CatalogQuery = z.infer<typeof catalogQuery>;
