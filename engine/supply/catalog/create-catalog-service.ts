import semver from "semver";
import type {
  CatalogEntry,
  CatalogModule,
  CatalogProblem,
  CatalogVersion,
  UnsupportedVersion,
} from "../../../contract/catalog.ts";
import { GraftError } from "../../core/index.ts";
import { runsOn, suggest } from "../manifest/index.ts";
import { rank } from "./rank.ts";
import type { Catalog, CatalogService } from "./types.ts";

interface Offer {
  /** Newest first. */
  versions: CatalogVersion[];
  /** What an install without a version takes; where nothing fits this host, the newest of all. */
  latest: CatalogVersion;
  unsupported: UnsupportedVersion | null;
}

/**
 * All catalogs as one, to a host of this version. A module's name belongs to the catalog named first in the settings that offers it: whoever
 * may put a folder into another one must not be able to put a newer version before everybody.
 */
export function createCatalogService(catalogs: readonly Catalog[], graftVersion: string): CatalogService {
  async function read(): Promise<{ offers: Map<string, Offer>; problems: CatalogProblem[] }> {
    const listings = await Promise.all(catalogs.map((catalog) => catalog.list()));
    const problems = listings.flatMap((listing) => listing.problems);
    const byName = new Map<string, CatalogVersion[]>();
    for (const { versions } of listings)
      for (const [name, offered] of Map.groupBy(versions, (version) => version.name)) {
        const [first] = byName.get(name) ?? [];
        if (first === undefined) byName.set(name, [...offered]);
        else problems.push(...offered.flatMap((other) => shadowed(first, other) ?? []));
      }
    const offers = new Map([...byName].map(([name, versions]) => [name, toOffer(versions, graftVersion)]));
    return { offers, problems };
  }

  async function get(name: string): Promise<CatalogModule> {
    const { offers } = await read();
    const offer = offers.get(name);
    if (!offer) throw notInCatalog(name, [...offers.keys()]);
    const catalog = catalogs.find(({ source }) => source === offer.latest.source);
    return {
      ...toEntry(offer),
      versions: offer.versions.map((version) => ({
        ...version,
        supported: runsOn(version.manifest, graftVersion),
      })),
      readme: (await catalog?.readme(offer.latest)) ?? "",
    };
  }

  return {
    get,
    async search({ query = "", type, category } = {}) {
      const { offers, problems } = await read();
      const all = [...offers.values()].map(toEntry);
      const entries = all
        .filter(
          (entry) => (!type || entry.type === type) && (!category || entry.categories.includes(category)),
        )
        .map((entry) => ({ entry, score: query.trim() === "" ? 1 : rank(entry, query) }))
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score || a.entry.title.localeCompare(b.entry.title, "en"))
        .map(({ entry }) => entry);
      const categories = [...new Set(all.flatMap((entry) => entry.categories))].sort();
      return { entries, categories, problems };
    },
    async versions() {
      const { offers } = await read();
      return [...offers.values()].flatMap(({ versions }) => versions);
    },
  };
}

function toOffer(versions: CatalogVersion[], graftVersion: string): Offer {
  const sorted = versions.sort((a, b) => semver.rcompare(a.version, b.version));
  const newest = newestOf(sorted);
  if (!newest) throw new Error("an offer without versions");
  const latest = newestOf(sorted.filter(({ manifest }) => runsOn(manifest, graftVersion))) ?? newest;
  const unsupported = runsOn(newest.manifest, graftVersion)
    ? null
    : { version: newest.version, graft: newest.manifest.engines.graft };
  return { versions: sorted, latest, unsupported };
}

/** The newest release, or the newest of all. */
function newestOf(sorted: readonly CatalogVersion[]): CatalogVersion | undefined {
  return sorted.find(({ version }) => semver.prerelease(version) === null) ?? sorted[0];
}

function toEntry({ latest, unsupported }: Offer): CatalogEntry {
  const { name, title, summary, type, publisher, categories, icon, version } = latest.manifest;
  return {
    ...{ name, title, summary, type, publisher, categories, unsupported },
    ...{ latest: version, digest: latest.digest, icon: icon ?? null },
  };
}

function shadowed(first: CatalogVersion, other: CatalogVersion): CatalogProblem | null {
  if (first.digest === other.digest) return null;
  return {
    source: other.source,
    path: other.name,
    message: `${other.name} ${other.version} is not offered: the name is taken by ${first.source}, which stands before this catalog in GRAFT_CATALOGS.`,
  };
}

function notInCatalog(name: string, known: string[]): GraftError {
  const near = suggest(name, known);
  return new GraftError("MODULE_NOT_IN_CATALOG", `No catalog offers a module named ${name}.`, {
    hint: near
      ? `Did you mean ${near}?`
      : "Search the marketplace for what is offered, or add a catalog with GRAFT_CATALOGS.",
    details: { module: name },
  });
}
