import { z } from "zod";
import { digest, moduleType } from "./limits.ts";
import { manifest } from "./manifest.ts";
import { pageOf } from "./page.ts";

/** A version that is newer than what this host can run. */
export const unsupportedVersion = z.object({
  version: z.string(),
  /** The hosts it is made for: its `engines.graft`, a range of Graft's versions. */
  graft: z.string(),
});
export type UnsupportedVersion = z.infer<typeof unsupportedVersion>;

/** A module that could be installed, as its latest version describes it. */
export const catalogEntry = z.object({
  name: z.string(),
  title: z.string(),
  summary: z.string(),
  type: moduleType,
  publisher: z.string(),
  categories: z.array(z.string()),
  /** The newest version that this host can run, releases before prereleases; where it can run none, the newest of all. */
  latest: z.string(),
  /** The newest of all, where it is made for another Graft; else null. */
  unsupported: unsupportedVersion.nullable(),
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
  /** Newest first; `supported`: this host can run it. */
  versions: z.array(catalogVersion.extend({ supported: z.boolean() })),
  /** README.md of `latest`, Markdown. */
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
