import { logGamma } from "./log-gamma.ts";

/**
 * Whether the users came in the shares they should: a test that may be looked at after each user.
 *
 * Lindon, Malek: Anytime-valid inference for multinomial count data. NeurIPS 2022, arXiv 2011.03567. The Bayes factor
 * of "some other shares" (Dirichlet with the expected shares as mean) to "the expected shares" is a martingale when
 * the shares are right, so by Ville's inequality it ever reaches 1/α in at most α of such experiments.
 */

/**
 * Weight of the prior in users: the smaller, the sooner gross errors are seen; any keeps the promise. At 20 an alarm is
 * raised when 0 of 20 users came to one of two variants, at 100 not before 0 of 40; 4,800 to 5,200 is seen at both.
 */
const concentration = 20;

export const ratioAlpha = 0.01;

/** @param weights the expected shares, in any scale */
export function logBayesFactor(counts: readonly number[], weights: readonly number[]): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const users = counts.reduce((sum, count) => sum + count, 0);
  let log = logGamma(concentration) - logGamma(concentration + users);
  for (const [i, count] of counts.entries()) {
    const share = (weights[i] as number) / total;
    const prior = concentration * share;
    log += logGamma(prior + count) - logGamma(prior) - count * Math.log(share);
  }
  return log;
}

/** Always valid, as long as the least of all looks is kept. */
export function ratioPValue(counts: readonly number[], weights: readonly number[]): number {
  return Math.min(1, Math.exp(-logBayesFactor(counts, weights)));
}
