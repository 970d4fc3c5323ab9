import { emptyHash, finishHash, readChars } from "./fractional.ts";

/** Where in a percentage a user stands: 0 up to 100, the same for every share of this flag. */
export function drawPercent(seed: string, targetingKey: string): number {
  return (finishHash(readChars(emptyHash, seed), targetingKey) / 2 ** 32) * 100;
}
