/** So many things at once, whoever asks; who waits gets its turn in order. */
export interface RequestSlots {
  /** Calls `begin` with what gives the place back, now or later. @returns what leaves the line */
  take(begin: (release: () => void) => void): () => void;
}

export function createRequestSlots(max: number): RequestSlots {
  const line: ((release: () => void) => void)[] = [];
  let taken = 0;

  function next() {
    while (taken < max) {
      const begin = line.shift();
      if (begin === undefined) return;
      taken++;
      let released = false;
      begin(() => {
        if (released) return;
        released = true;
        taken--;
        next();
      });
    }
  }
  return {
    take(begin) {
      line.push(begin);
      next();
      return () => {
        const at = line.indexOf(begin);
        if (at >= 0) line.splice(at, 1);
      };
    },
  };
}

/**
 * Of all frames of a page together. A browser opens six connections to a host, for all of its tabs: what modules leave unanswered must
 * not take those that the page itself needs.
 */
export const pageSlots = createRequestSlots(3);
