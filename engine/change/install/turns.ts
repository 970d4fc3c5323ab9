/**
 * Whatever starts and stops modules on this host, one after the other: an operation that stops a module must not meet a
 * reconciliation that has read, a moment before, that it should run.
 */
export interface Turns {
  /** Runs `work` when everything that asked before is done; rejects as it does. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when everything that has asked until now is done. */
  idle(): Promise<void>;
}

export function createTurns(): Turns {
  let last: Promise<void> = Promise.resolve();
  return {
    inTurn(work) {
      const done = last.then(work);
      // A failed turn does not keep the next from its own.
      last = done.then(
        () => {},
        () => {},
      );
      return done;
    },
    idle: () => last,
  };
}
