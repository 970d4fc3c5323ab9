import { GraftError } from "../../core/index.ts";
import { explain } from "./explain.ts";
import { needsOf, sortByNeeds } from "./order.ts";
import { type Requirement, search } from "./search.ts";
import type { Candidate, Resolve, ResolveRequest } from "./types.ts";
import { candidateProvides, createUniverse } from "./universe.ts";

/** See {@link Resolve}. MODULE_NEEDED carries `details.blocked`: `[{ module, neededBy: [names] }]`. */
export const resolve: Resolve = (request) => {
  refuseNeededRemovals(request);
  const universe = createUniverse(request);
  const wanted = new Set(request.want.map(({ name }) => name));
  const wants = request.want.map(
    ({ name, range }): Requirement => ({ name, range: range ?? "*", by: null, reason: "asked" }),
  );
  const stays = request.installed
    .filter(({ name }) => !wanted.has(name) && !request.remove.includes(name))
    .map(({ name }): Requirement => ({ name, range: "*", by: null, reason: "installed" }));
  const result = search(universe, wants, stays);
  if ("failure" in result) throw explain(result.failure, universe, request.graftVersion);
  return {
    modules: sortByNeeds(result.target).map((candidate) => ({
      ...candidate,
      action: actionOf(candidate, universe.installed(candidate.name)),
      needs: needsOf(candidate, result.target),
      requested: wanted.has(candidate.name),
    })),
    removed: request.installed.filter(({ name }) => request.remove.includes(name) && !wanted.has(name)),
  };
};

function actionOf(candidate: Candidate, installed: Candidate | undefined): "install" | "upgrade" | "keep" {
  if (!installed) return "install";
  return installed.digest === candidate.digest ? "keep" : "upgrade";
}

/**
 * Uninstalling something needed is refused rather than answered by upgrading its dependents to versions that no
 * longer need it: nobody asked for those.
 */
function refuseNeededRemovals({ want, remove, installed }: ResolveRequest): void {
  const wanted = new Set(want.map(({ name }) => name));
  const gone = installed.filter(({ name }) => remove.includes(name) && !wanted.has(name));
  const remaining = installed.filter(({ name }) => !remove.includes(name));
  const blocked = gone.flatMap((candidate) => {
    const neededBy = remaining.filter(
      (other) => !wanted.has(other.name) && needs(other, candidate, remaining),
    );
    return neededBy.length > 0 ? [{ module: candidate.name, neededBy }] : [];
  });
  if (blocked.length === 0) return;
  const sentences = blocked.map(
    ({ module, neededBy }) =>
      `${module} is needed by ${neededBy.map((m) => `${m.name} ${m.version}`).join(", ")}`,
  );
  const names = [...new Set(blocked.flatMap(({ neededBy }) => neededBy.map(({ name }) => name)))];
  throw new GraftError("MODULE_NEEDED", `${sentences.join("; ")}.`, {
    hint: `Uninstall ${names.join(", ")} first, or together with it.`,
    details: {
      blocked: blocked.map(({ module, neededBy }) => ({
        module,
        neededBy: neededBy.map(({ name }) => name),
      })),
    },
  });
}

function needs(module: Candidate, gone: Candidate, remaining: Candidate[]): boolean {
  if (gone.name in module.manifest.dependencies) return true;
  return Object.entries(module.manifest.needs).some(
    ([capability, range]) =>
      candidateProvides(gone, capability, range) &&
      !remaining.some((other) => other.name !== module.name && candidateProvides(other, capability, range)),
  );
}
