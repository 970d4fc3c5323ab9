import type { Candidate } from "./types.ts";
import { candidateProvides } from "./universe.ts";

/** Names of modules in the target that a module needs, by dependency or capability, sorted. */
export function needsOf(candidate: Candidate, target: ReadonlyMap<string, Candidate>): string[] {
  const { dependencies, needs } = candidate.manifest;
  const names = new Set(Object.keys(dependencies).filter((name) => target.has(name)));
  for (const [capability, range] of Object.entries(needs)) {
    const providers = [...target.values()].filter((other) => candidateProvides(other, capability, range));
    // A module it depends on anyway is the provider it means.
    const provider = providers.find(({ name }) => names.has(name)) ?? providers.sort(byName)[0];
    if (provider && provider.name !== candidate.name) names.add(provider.name);
  }
  return [...names].sort();
}

interface Walk {
  sorted: Candidate[];
  cycle: Candidate[] | null;
}

/** Dependencies before dependents; equal rank by name, so that one target always has one order. */
export function sortByNeeds(target: ReadonlyMap<string, Candidate>): Candidate[] {
  return walk(target).sorted;
}

/** Modules that need each other in a circle, in the order of needing; null when there is none. */
export function findCycle(target: ReadonlyMap<string, Candidate>): Candidate[] | null {
  return walk(target).cycle;
}

/** Iterative: a chain of a thousand modules must not depend on the size of the stack. */
function walk(target: ReadonlyMap<string, Candidate>): Walk {
  const sorted: Candidate[] = [];
  const done = new Set<string>();
  for (const root of [...target.values()].sort(byName)) {
    const path: { candidate: Candidate; needs: string[] }[] = [];
    const onPath = new Set<string>();
    const enter = (candidate: Candidate) => {
      onPath.add(candidate.name);
      path.push({ candidate, needs: needsOf(candidate, target) });
    };
    if (!done.has(root.name)) enter(root);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const name = top.needs.shift();
      if (name === undefined) {
        path.pop();
        onPath.delete(top.candidate.name);
        done.add(top.candidate.name);
        sorted.push(top.candidate);
      } else if (onPath.has(name)) {
        const start = path.findIndex(({ candidate }) => candidate.name === name);
        return { sorted, cycle: path.slice(start).map(({ candidate }) => candidate) };
      } else if (!done.has(name)) {
        const needed = target.get(name);
        if (needed) enter(needed);
      }
    }
  }
  return { sorted, cycle: null };
}

function byName(a: Candidate, b: Candidate): number {
  return a.name < b.name ? -1 : 1;
}
