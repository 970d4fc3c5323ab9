import semver from "semver";
import type { CatalogVersion } from "../../../contract/catalog.ts";
import type { CatalogService } from "../../supply/catalog/index.ts";
import type { InstalledModule } from "../../supply/installed/index.ts";
import type { Update, UpgradeLevel } from "./types.ts";

/** An installed module with every newer version on offer, newest first. */
export interface Outdated {
  module: InstalledModule;
  versions: CatalogVersion[];
}

export async function findOutdated(
  catalog: Pick<CatalogService, "versions">,
  installed: readonly InstalledModule[],
): Promise<Outdated[]> {
  const offered = await catalog.versions();
  return installed
    .map((module) => ({ module, versions: newerThan(module, offered) }))
    .filter(({ versions }) => versions.length > 0)
    .sort((a, b) => a.module.title.localeCompare(b.module.title, "en"));
}

/** Who runs a release is not offered a prerelease. */
function newerThan({ name, version }: InstalledModule, offered: CatalogVersion[]): CatalogVersion[] {
  const isRelease = semver.prerelease(version) === null;
  return offered
    .filter((candidate) => candidate.name === name && semver.gt(candidate.version, version))
    .filter((candidate) => !isRelease || semver.prerelease(candidate.version) === null)
    .sort((a, b) => semver.rcompare(a.version, b.version));
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
