/** Numbers a step takes its decisions from, in order: the same ones make the same walk. */
export interface Draw {
  /** From 0, below `limit`. */
  below(limit: number): number;
  /** @throws when there is nothing to pick from */
  pick<T>(from: readonly T[]): T;
}

export function createDraw(numbers: readonly number[]): Draw {
  let used = 0;
  const below = (limit: number) => (numbers[used++ % numbers.length] ?? 0) % limit;
  return {
    below,
    pick(from) {
      const picked = from[below(from.length)];
      if (picked === undefined) throw new Error("nothing to pick from");
      return picked;
    },
  };
}
