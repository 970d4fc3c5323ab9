import semver from "semver";
import type { CatalogVersion } from "../../../contract/catalog.ts";
import type { CatalogService } from "../../supply/catalog/index.ts";
import type { InstalledModule } from "../../supply/installed/index.ts";
import { runsOn } from "../../supply/manifest/index.ts";
import type { UnsupportedUpdate, Update, UpgradeLevel } from "./types.ts";

/** An installed module with every newer version on offer that this host can run, newest first. */
export interface Outdated {
  module: InstalledModule;
  versions: CatalogVersion[];
}

export interface Newer {
  outdated: Outdated[];
  /** Of what is installed, the newest versions of all that this host cannot run. */
  unsupported: UnsupportedUpdate[];
}

/** Both by title. */
export async function findNewer(
  catalog: Pick<CatalogService, "versions">,
  installed: readonly InstalledModule[],
  graftVersion: string,
): Promise<Newer> {
  const offered = await catalog.versions();
  const found = installed
    .toSorted((a, b) => a.title.localeCompare(b.title, "en"))
    .map((module) => ({ module, versions: newerThan(module, offered) }));
  return {
    outdated: found
      .map(({ module, versions }) => ({
        module,
        versions: versions.filter(({ manifest }) => runsOn(manifest, graftVersion)),
      }))
      .filter(({ versions }) => versions.length > 0),
    unsupported: found.flatMap(({ module, versions: [newest] }) =>
      newest === undefined || runsOn(newest.manifest, graftVersion) ? [] : toUnsupported(module, newest),
    ),
  };
}

function toUnsupported({ name, title, version }: InstalledModule, newest: CatalogVersion): UnsupportedUpdate {
  return {
    ...{ module: name, title, from: version },
    ...{ version: newest.version, graft: newest.manifest.engines.graft },
  };
}

/** Who runs a release is not offered a prerelease. */
function newerThan(
  { name, version, publisher }: InstalledModule,
  offered: CatalogVersion[],
): CatalogVersion[] {
  const isRelease = semver.prerelease(version) === null;
  return (
    offered
      // Of another publisher it is another module.
      .filter(({ manifest }) => manifest.name === name && manifest.publisher === publisher)
      .filter((candidate) => semver.gt(candidate.version, version))
      .filter((candidate) => !isRelease || semver.prerelease(candidate.version) === null)
      .sort((a, b) => semver.rcompare(a.version, b.version))
  );
}

export function toUpdate({ module, versions }: Outdated, excluded: readonly string[]): Update | null {
  const [newest] = versions;
  if (!newest) return null;
  return {
    ...{ module: module.name, title: module.title, digest: module.digest },
    icon: module.manifest.icon ?? null,
    from: module.version,
    to: newest.version,
    level: levelOf(module.version, newest.version),
    excluded: excluded.includes(module.name),
    changelog: versions.map(({ version, changelog }) => ({ version, text: changelog })),
  };
}

export function levelOf(from: string, to: string): UpgradeLevel {
  if (semver.major(from) !== semver.major(to)) return "major";
  if (semver.minor(from) === semver.minor(to)) return "patch";
  return semver.major(from) === 0 ? "major" : "minor";
}

const rank: Record<UpgradeLevel, number> = { patch: 0, minor: 1, major: 2 };

export function isWithin(level: UpgradeLevel, limit: UpgradeLevel): boolean {
  return rank[level] <= rank[limit];
}

/** The newest version of each level up to `limit`, the newest first: what is tried, in this order. */
export function candidates({ module, versions }: Outdated, limit: UpgradeLevel): CatalogVersion[] {
  const levels = (["major", "minor", "patch"] as const).filter((level) => isWithin(level, limit));
  const newest = levels.flatMap(
    (level) => versions.find(({ version }) => isWithin(levelOf(module.version, version), level)) ?? [],
  );
  return [...new Set(newest)];
}
