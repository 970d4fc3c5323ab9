import { LRUCache } from "lru-cache";
import semver from "semver";
import { GraftError } from "../../core/index.ts";
import { findCycle } from "./order.ts";
import type { Candidate } from "./types.ts";
import { candidateProvides, type Universe } from "./universe.ts";

/** Something a target must hold. `by` is null for what the administrator asked for and what is installed. */
export interface Requirement {
  name: string;
  range: string;
  by: Candidate | null;
  reason: "asked" | "installed" | "dependency" | "provider";
  /** Set where `name` is not a module but a capability, or a module chosen to provide one. */
  capability?: { name: string; range: string };
}

export type Failure =
  | { kind: "missing"; requirement: Requirement; offered: readonly Candidate[]; chain: Requirement[] }
  | { kind: "unsupported"; requirement: Requirement; offered: readonly Candidate[]; chain: Requirement[] }
  | { kind: "no-provider"; requirement: Requirement; chain: Requirement[] }
  | {
      kind: "conflict";
      name: string;
      requirements: Requirement[];
      offered: readonly Candidate[];
      chain: Requirement[];
    }
  | { kind: "cycle"; cycle: Candidate[] };

/** Why a branch failed: the decisions that could be taken differently, and what to tell a person. */
interface Conflict {
  decisions: Set<string>;
  failure: Failure;
}

export type SearchResult = { target: Map<string, Candidate> } | { failure: Failure };

// Candidates that are looked at: far beyond any real catalog, and under a second. An adversarial one must not hold the host.
const stepsMax = 1_000_000;

/**
 * Depth-first search with conflict-directed backjumping: when a decision fails, the search returns at once to the
 * latest decision that had a part in the failure, because changing any in between cannot help.
 */
export function search(universe: Universe, wants: Requirement[], stays: Requirement[]): SearchResult {
  const target = new Map<string, Candidate>();
  const requirements = new Map<string, Requirement[]>();
  const pending: Requirement[] = [...wants];
  let steps = 0;

  function solve(next: number, stay: number): Conflict | null {
    if (++steps > stepsMax) throw tooHard();
    for (;;) {
      const requirement = pending[next];
      if (!requirement) {
        const kept = stays[stay];
        if (!kept) return checkCycle();
        pending.push(kept);
        const conflict = solve(next, stay + 1);
        if (conflict) pending.length = next;
        return conflict;
      }
      if (requirement.reason === "dependency" && requirement.capability) {
        const { name, range } = requirement.capability;
        const provided = [...target.values()].some((candidate) => candidateProvides(candidate, name, range));
        if (!provided) return chooseProvider(requirement, next, stay);
      } else {
        const chosen = target.get(requirement.name);
        if (!chosen) return chooseVersion(requirement, next, stay);
        note(requirement);
        if (!fits(chosen, requirement)) {
          const conflict = clash(requirement.name);
          conflict.decisions.add(requirement.name);
          forget(requirement);
          return conflict;
        }
        const conflict = solve(next + 1, stay);
        if (conflict) forget(requirement);
        return conflict;
      }
      next++;
    }
  }

  function chooseVersion(requirement: Requirement, next: number, stay: number): Conflict | null {
    const { name } = requirement;
    note(requirement);
    const required = known(name);
    const candidates = universe.candidates(name);
    steps += candidates.length;
    const allowed = candidates.filter((candidate) => required.every((r) => fits(candidate, r)));
    const decisions = new Set(required.flatMap(decisionOf));
    let failure: Failure | null = allowed.length === 0 ? clash(name).failure : null;
    for (const candidate of allowed) {
      const length = pending.length;
      target.set(name, candidate);
      pending.push(...requirementsOf(candidate));
      const conflict = solve(next + 1, stay);
      if (!conflict) return null;
      pending.length = length;
      target.delete(name);
      failure ??= conflict.failure;
      if (!conflict.decisions.delete(name)) {
        forget(requirement);
        return conflict;
      }
      for (const decision of conflict.decisions) decisions.add(decision);
    }
    forget(requirement);
    return { decisions, failure: failure ?? clash(name).failure };
  }

  function chooseProvider(requirement: Requirement, next: number, stay: number): Conflict | null {
    const capability = requirement.capability ?? { name: requirement.name, range: requirement.range };
    const { by } = requirement;
    const decision = providerDecision(by, capability.name);
    steps += universe.names().length;
    const decisions = new Set(by ? [by.name] : []);
    let failure: Failure | null = null;
    for (const name of universe.providers(capability.name, capability.range)) {
      const length = pending.length;
      pending.push({ name, range: "*", by, reason: "provider", capability });
      const conflict = solve(next + 1, stay);
      if (!conflict) return null;
      pending.length = length;
      failure ??= conflict.failure;
      if (!conflict.decisions.delete(decision)) return conflict;
      for (const other of conflict.decisions) decisions.add(other);
    }
    return {
      decisions,
      failure: failure ?? { kind: "no-provider", requirement, chain: chainTo(requirement) },
    };
  }

  function checkCycle(): Conflict | null {
    const cycle = findCycle(target);
    return cycle && { decisions: new Set(cycle.map(({ name }) => name)), failure: { kind: "cycle", cycle } };
  }

  function clash(name: string): Conflict {
    const required = [...known(name)];
    const offered = universe.candidates(name);
    const alone = required.find((r) => !offered.some((candidate) => fits(candidate, r)));
    const decisions = new Set(required.flatMap(decisionOf));
    if (!alone) {
      const last = required.at(-1);
      const chain = last ? chainTo(last) : [];
      return { decisions, failure: { kind: "conflict", name, requirements: required, offered, chain } };
    }
    const unsupported = universe.unsupported(name).filter((candidate) => fits(candidate, alone));
    const chain = chainTo(alone);
    return unsupported.length > 0
      ? { decisions, failure: { kind: "unsupported", requirement: alone, offered: unsupported, chain } }
      : { decisions, failure: { kind: "missing", requirement: alone, offered, chain } };
  }

  function chainTo(requirement: Requirement): Requirement[] {
    const chain = [requirement];
    const seen = new Set<string>();
    for (let by = requirement.by; by && !seen.has(by.name); ) {
      seen.add(by.name);
      const parent = known(by.name)[0];
      if (!parent) break;
      chain.unshift(parent);
      by = parent.by;
    }
    return chain;
  }

  function known(name: string): Requirement[] {
    return requirements.get(name) ?? [];
  }
  function note(requirement: Requirement): void {
    const list = requirements.get(requirement.name);
    if (list) list.push(requirement);
    else requirements.set(requirement.name, [requirement]);
  }
  function forget(requirement: Requirement): void {
    requirements.get(requirement.name)?.pop();
  }

  const conflict = solve(0, 0);
  return conflict ? { failure: conflict.failure } : { target };
}

function fits(candidate: Candidate, { range, capability }: Requirement): boolean {
  if (range !== "*" && !satisfies(candidate.version, range)) return false;
  return !capability || candidateProvides(candidate, capability.name, capability.range);
}

const answers = new LRUCache<string, boolean>({ max: 10_000 });

/** Asked again and again of the same few pairs, and most of what a step costs. */
function satisfies(version: string, range: string): boolean {
  const pair = `${version} ${range}`;
  let answer = answers.get(pair);
  if (answer === undefined) {
    answer = semver.satisfies(version, range);
    answers.set(pair, answer);
  }
  return answer;
}

/** What the requirer needs, dependencies before capabilities: they may bring the provider. */
export function requirementsOf(by: Candidate): Requirement[] {
  const { dependencies, needs } = by.manifest;
  return [
    ...Object.entries(dependencies).map(
      ([name, range]): Requirement => ({ name, range, by, reason: "dependency" }),
    ),
    ...Object.entries(needs).map(
      ([name, range]): Requirement => ({
        name,
        range,
        by,
        reason: "dependency",
        capability: { name, range },
      }),
    ),
  ];
}

function decisionOf({ by, reason, capability }: Requirement): string[] {
  if (!by) return [];
  return reason === "provider" && capability ? [by.name, providerDecision(by, capability.name)] : [by.name];
}

function providerDecision(by: Candidate | null, capability: string): string {
  return `provider of ${capability} for ${by?.name ?? ""}`;
}

function tooHard(): GraftError {
  return new GraftError(
    "DEPENDENCY_CONFLICT",
    `No set of versions was found among the first ${stepsMax} that were looked at.`,
    {
      hint: "Ask for exact versions, or for fewer modules at once.",
    },
  );
}
