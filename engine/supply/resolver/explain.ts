import semver from "semver";
import { GraftError } from "../../core/index.ts";
import { suggest } from "../manifest/index.ts";
import type { Failure, Requirement } from "./search.ts";
import type { Candidate } from "./types.ts";
import type { Universe } from "./universe.ts";

/** The error for a failed search; its message names the chain of modules and ranges that cannot hold together. */
export function explain(failure: Failure, universe: Universe, graftVersion: string): GraftError {
  switch (failure.kind) {
    case "missing":
      return explainMissing(failure, universe);
    case "unsupported":
      return explainUnsupported(failure, graftVersion);
    case "no-provider":
      return explainNoProvider(failure);
    case "conflict":
      return explainConflict(failure, universe);
    case "cycle":
      return explainCycle(failure.cycle);
  }
}

function explainMissing({ requirement, offered, chain }: Failure & { kind: "missing" }, universe: Universe) {
  const { name, range, by, capability } = requirement;
  const versions = offered.map((candidate) => candidate.version);
  const near = suggest(name, universe.names());
  const uncounted = uncountedPrerelease(offered, [requirement], universe);
  const hint =
    versions.length > 0
      ? (uncounted ?? `Offered: ${versions.join(", ")}.`)
      : near
        ? `Did you mean ${near}?`
        : "Add a catalog that offers it, or upload it.";
  const details = { module: name, range, offered: versions, chain: chain.map(formatRequirement) };
  if (!by) {
    const what = range === "*" ? name : `${name} ${range}`;
    return new GraftError("MODULE_NOT_IN_CATALOG", `No catalog offers ${what}.`, { hint, details });
  }
  const wanted = capability ? `${name} with ${capability.name} ${capability.range}` : `${name} ${range}`;
  const offer = versions.length > 0 ? "no version offered fits" : "no catalog offers it";
  return new GraftError(
    "DEPENDENCY_MISSING",
    `${formatCandidate(by)} needs ${wanted}, but ${offer}.${formatChain(chain)}`,
    {
      hint,
      details,
    },
  );
}

function explainUnsupported(failure: Failure & { kind: "unsupported" }, graftVersion: string): GraftError {
  const { requirement, offered, chain } = failure;
  const needs = offered.map(
    (candidate) => `${formatCandidate(candidate)} needs Graft ${candidate.manifest.engines.graft}`,
  );
  return new GraftError(
    "ENGINE_UNSUPPORTED",
    `${needs.join("; ")}; this is Graft ${graftVersion}.${formatChain(chain)}`,
    {
      hint: "Upgrade Graft, or choose a version of the module made for this one.",
      details: { module: requirement.name, graft: graftVersion, chain: chain.map(formatRequirement) },
    },
  );
}

function explainNoProvider({ requirement, chain }: Failure & { kind: "no-provider" }): GraftError {
  const { name, range, by } = requirement;
  return new GraftError(
    "DEPENDENCY_MISSING",
    `${by ? formatCandidate(by) : "The target"} needs the capability ${name} ${range}, but no module offered provides it.${formatChain(chain)}`,
    {
      hint: "Add a catalog with a module that lists it under `provides`.",
      details: { capability: name, range, chain: chain.map(formatRequirement) },
    },
  );
}

function explainConflict(
  { name, requirements, offered }: Failure & { kind: "conflict" },
  universe: Universe,
): GraftError {
  const sides = requirements.map((requirement) => `  ${formatRequirement(requirement)}`);
  const versions = offered.map((candidate) => candidate.version);
  return new GraftError(
    "DEPENDENCY_CONFLICT",
    `No version of ${name} satisfies everything that needs it:\n${sides.join("\n")}\n  offered: ${versions.join(", ")}`,
    {
      hint:
        uncountedPrerelease(offered, requirements, universe) ??
        "Ask for another version of one of them, or uninstall one.",
      details: { module: name, requirements: requirements.map(formatRequirement), offered: versions },
    },
  );
}

function explainCycle(cycle: Candidate[]): GraftError {
  const names = [...cycle, ...cycle.slice(0, 1)].map(formatCandidate);
  return new GraftError(
    "DEPENDENCY_CYCLE",
    `These modules need each other in a circle: ${names.join(" → ")}.`,
    {
      hint: "One of them must give up its dependency; its publisher can move the shared part into a third module.",
      details: { cycle: cycle.map(({ name }) => name) },
    },
  );
}

function formatCandidate(candidate: Candidate): string {
  return `${candidate.name} ${candidate.version}`;
}

function formatRequirement({ name, range, by, reason, capability }: Requirement): string {
  if (reason === "asked") return range === "*" ? `${name} was asked for` : `${name} ${range} was asked for`;
  if (reason === "installed" || !by) return `${name} is installed`;
  if (capability) return `${formatCandidate(by)} needs the capability ${capability.name} ${capability.range}`;
  return `${formatCandidate(by)} needs ${name} ${range}`;
}

/** Only worth saying when more than one module stands between the request and the failure. */
function formatChain(chain: Requirement[]): string {
  return chain.length > 2 ? ` (${chain.map(formatRequirement).join("; ")})` : "";
}

/** People take `>=1.0.0` to hold for an installed 2.0.0-beta.1; semantic versioning does not. Null where that is not why. */
function uncountedPrerelease(
  offered: readonly Candidate[],
  requirements: readonly Requirement[],
  universe: Universe,
): string | null {
  for (const { version, name } of offered) {
    if (semver.prerelease(version) === null) continue;
    // 2.0.0-beta.1 comes before 2.0.0, so `^2.0.0` leaves it out twice over; people take it to be one of the 2s all the same.
    const release = version.replace(/[-+].*$/, "");
    const inside = ({ range }: Requirement) =>
      semver.satisfies(version, range, { includePrerelease: true }) || semver.satisfies(release, range);
    const missed = requirements.find(({ range }) => range !== "*" && !semver.satisfies(version, range));
    if (missed === undefined || !requirements.every(inside)) continue;
    const state = universe.installed(name)?.version === version ? "is installed" : "is offered";
    return `${name} ${version} ${state}, but a prerelease does not count for ${missed.range}, which names none. Install a release of ${name}, or a version of the module whose range names ${version}.`;
  }
  return null;
}
