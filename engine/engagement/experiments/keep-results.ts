import { LRUCache } from "lru-cache";
import type { ExperimentResults } from "../../../contract/experiments.ts";

// Counting a million users takes PostgreSQL a second or more, 50,000 well under a tenth of that.
const largeUsers = 50_000;
const keptMs = 60_000;
const experimentsMax = 200;

/**
 * Counts once for all who look at the same time. Of a large experiment the last figures are answered at once, up to a
 * minute old, while newer ones are counted; of any other every look counts anew.
 */
export function keepResults(count: (id: string) => Promise<ExperimentResults>) {
  const last = new LRUCache<string, ExperimentResults>({ max: experimentsMax, ttl: keptMs });
  const counting = new Map<string, Promise<ExperimentResults>>();

  function recount(id: string): Promise<ExperimentResults> {
    const own = count(id)
      .then((results) => {
        if (counting.get(id) !== own) return results;
        last.delete(id);
        if (results.users + results.crossed >= largeUsers) last.set(id, results);
        return results;
      })
      .finally(() => {
        if (counting.get(id) === own) counting.delete(id);
      });
    counting.set(id, own);
    return own;
  }

  return {
    async look(id: string): Promise<ExperimentResults> {
      const kept = last.get(id);
      if (kept === undefined) return counting.get(id) ?? recount(id);
      // Whoever looks next gets the newer ones, or the reason why there are none.
      if (!counting.has(id)) recount(id).catch(() => last.delete(id));
      return kept;
    },
    /** The experiment was started, stopped, rolled out or deleted. */
    forget(id: string) {
      last.delete(id);
      counting.delete(id);
    },
  };
}
