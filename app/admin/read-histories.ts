import type { ModuleHistory } from "@/contract/health";
import { getEngine } from "@/lib/engine";

const unknown = (module: string): ModuleHistory => ({ module, points: [], uptime: null });

/** The last day of each module, by name; one that has no history yet has no points. */
export async function readHistories(modules: string[], buckets: number): Promise<Map<string, ModuleHistory>> {
  const { health } = getEngine();
  const all = await Promise.all(modules.map((module) => health.history(module, { hours: 24, buckets })));
  return new Map(modules.map((module, i) => [module, all[i] ?? unknown(module)]));
}
