import semver from "semver";
import { runsOn } from "../manifest/index.ts";
import type { Candidate, ResolveRequest } from "./types.ts";

/** What could be chosen for each module name, best first. */
export interface Universe {
  /** Versions this host can run. */
  candidates(name: string): readonly Candidate[];
  /** Versions left out because they need another Graft. */
  unsupported(name: string): readonly Candidate[];
  /** Names of modules with a version that provides the capability in the range, the preferred first. */
  providers(capability: string, range: string): string[];
  names(): string[];
  installed(name: string): Candidate | undefined;
}

export function createUniverse({
  want,
  remove,
  installed,
  available,
  graftVersion,
}: ResolveRequest): Universe {
  const wanted = new Set(want.map(({ name }) => name));
  const removed = new Set(remove.filter((name) => !wanted.has(name)));
  const installedByName = new Map(installed.map((candidate) => [candidate.name, candidate]));
  const all = Map.groupBy(distinct([...available, ...installed]), (candidate) => candidate.name);
  for (const name of removed) all.delete(name);
  const usable = new Map<string, Candidate[]>();
  const unsupported = new Map<string, Candidate[]>();

  for (const [name, versions] of all) {
    const present = installedByName.get(name);
    const sorted = versions.toSorted((a, b) => compare(a, b, wanted.has(name) ? undefined : present));
    const runs = (candidate: Candidate) =>
      candidate.digest === present?.digest || runsOn(candidate.manifest, graftVersion);
    // A module that was not asked for never goes back: its data was already migrated forward.
    const forward = (candidate: Candidate) =>
      wanted.has(name) || !present || semver.gte(candidate.version, present.version);
    usable.set(
      name,
      sorted.filter((candidate) => runs(candidate) && forward(candidate)),
    );
    unsupported.set(
      name,
      sorted.filter((candidate) => !runs(candidate)),
    );
  }

  function provides(name: string, capability: string, range: string): boolean {
    return (usable.get(name) ?? []).some((candidate) => candidateProvides(candidate, capability, range));
  }

  return {
    candidates: (name) => usable.get(name) ?? [],
    unsupported: (name) => unsupported.get(name) ?? [],
    names: () => [...all.keys()],
    installed: (name) => (removed.has(name) ? undefined : installedByName.get(name)),
    providers(capability, range) {
      const preference = (name: string) => (wanted.has(name) ? 0 : installedByName.has(name) ? 1 : 2);
      return [...usable.keys()]
        .filter((name) => provides(name, capability, range))
        .sort((a, b) => preference(a) - preference(b) || (a < b ? -1 : 1));
    },
  };
}

export function candidateProvides(candidate: Candidate, capability: string, range: string): boolean {
  const version = candidate.manifest.provides[capability];
  return version !== undefined && semver.satisfies(version, range);
}

function distinct(candidates: Candidate[]): Candidate[] {
  return [
    ...new Map(candidates.map((candidate) => [`${candidate.name} ${candidate.digest}`, candidate])).values(),
  ];
}

/** What is installed first when it should stay, then stable before prerelease, then the newest. */
function compare(a: Candidate, b: Candidate, stay: Candidate | undefined): number {
  const stays = (candidate: Candidate) => Number(candidate.digest !== stay?.digest);
  const beta = (candidate: Candidate) => Number(semver.prerelease(candidate.version) !== null);
  return (stay ? stays(a) - stays(b) : 0) || beta(a) - beta(b) || semver.rcompare(a.version, b.version);
}
