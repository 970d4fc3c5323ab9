import { GraftError } from "../../core/index.ts";

/** Requests that wait while their module's process is being changed. */
export interface Holds {
  /** Requests to this module wait from now on, up to `holdMs`, then get MODULE_STOPPED. */
  hold(module: string): void;
  /** Lets waiting requests go on to whatever process serves the module now. */
  release(module: string): void;
  /** Null when the module is not on hold: the hot path costs one look into an empty map. */
  waitFor(module: string): Promise<void> | null;
}

/** @throws (from the promise) MODULE_STOPPED after `holdMs` */
export function createHolds(holdMs: number): Holds {
  const held = new Map<string, Set<() => void>>();
  return {
    hold(module) {
      if (!held.has(module)) held.set(module, new Set());
    },
    release(module) {
      const waiting = held.get(module);
      held.delete(module);
      for (const go of waiting ?? []) go();
    },
    waitFor(module) {
      const waiting = held.get(module);
      if (waiting === undefined) return null;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(go);
          reject(
            moduleStopped(module, `${module} is being changed and was not back within ${holdMs / 1000} s.`),
          );
        }, holdMs);
        const go = () => {
          clearTimeout(timer);
          resolve();
        };
        waiting.add(go);
      });
    },
  };
}

export function moduleStopped(
  module: string,
  message = `${module} is not running at the moment.`,
): GraftError {
  return new GraftError("MODULE_STOPPED", message, {
    hint: "Try again in a moment; an operator sees its state and log under Health.",
    retryable: true,
    details: { module, retryAfterSeconds: 2 },
  });
}
