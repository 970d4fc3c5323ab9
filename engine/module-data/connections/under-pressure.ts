import { setTimeout as delay } from "node:timers/promises";
import { isGraftError } from "../../core/index.ts";
import { sqlState } from "./lock-retries.ts";
import type { Relief } from "./relieve-server.ts";

const waitsMs = [300, 1_000, 2_000, 4_000, 8_000];
/** The lock table is full; no connection is left. */
const pressure = new Set(["53200", "53300"]);

/** What a module uses up is made free, and the work is done once more. Only for work that may be repeated. */
export async function underPressure<T>(
  { relieve }: Pick<Relief, "relieve">,
  work: () => Promise<T>,
): Promise<T> {
  for (const waitMs of waitsMs) {
    try {
      return await work();
    } catch (error) {
      if (!pressure.has(String(sqlState(error)))) throw error;
      const ended = await relieve().catch(() => 0);
      if (ended > 0) continue;
      // A history of its own may need more than there is: then it would fail every time.
      if (isGraftError(error)) throw error;
      await delay(waitMs);
    }
  }
  return work();
}
