import { GraftError } from "../../core/index.ts";

/** Requests that wait while their module's process is being changed. */
export interface Holds {
  /** Requests to this module wait from now on, up to `holdMs`, then get MODULE_STOPPED. */
  hold(module: string): void;
  /** Of a module on hold: what only reads goes on, to the process that serves; what writes waits. */
  letRead(module: string): void;
  /** It waits again as well. */
  endReading(module: string): void;
  /** Lets waiting requests go on to whatever process serves the module now. */
  release(module: string): void;
  /** Null when the module is not on hold: the hot path costs one look into an empty map. */
  waitFor(module: string, method: string | undefined): Promise<void> | null;
}

/** Methods that change nothing, by RFC 9110. */
const reads: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

interface Held {
  letsRead: boolean;
  waiting: Set<{ isRead: boolean; go(): void }>;
}

/** @throws (from the promise) MODULE_STOPPED after `holdMs` */
export function createHolds(holdMs: number): Holds {
  const held = new Map<string, Held>();
  return {
    hold(module) {
      if (!held.has(module)) held.set(module, { letsRead: false, waiting: new Set() });
    },
    letRead(module) {
      const known = held.get(module);
      if (known === undefined) return;
      known.letsRead = true;
      for (const one of known.waiting) if (one.isRead) one.go();
    },
    endReading(module) {
      const known = held.get(module);
      if (known) known.letsRead = false;
    },
    release(module) {
      const known = held.get(module);
      held.delete(module);
      for (const { go } of known?.waiting ?? []) go();
    },
    waitFor(module, method) {
      const known = held.get(module);
      if (known === undefined) return null;
      const isRead = reads.has(method ?? "");
      if (isRead && known.letsRead) return null;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          known.waiting.delete(one);
          reject(
            moduleStopped(module, `${module} is being changed and was not back within ${holdMs / 1000} s.`),
          );
        }, holdMs);
        const one = {
          isRead,
          go() {
            known.waiting.delete(one);
            clearTimeout(timer);
            resolve();
          },
        };
        known.waiting.add(one);
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
