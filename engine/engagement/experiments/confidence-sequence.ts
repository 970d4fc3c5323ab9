/**
 * Intervals that may be looked at any day: asymptotic confidence sequences with Robbins' normal mixture.
 *
 * Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas: Time-uniform central limit theory and asymptotic confidence
 * sequences. Annals of Statistics 52(6), 2024, arXiv 2103.06476: the boundary is theorem 2.2, the choice of ρ
 * appendix B.2. For the difference of two means, N is the users of both variants and σ²/N the variance of the
 * difference; the p-value inverts the interval as in Johari, Pekelis, Walsh: Always valid inference, arXiv 1512.04922.
 */

/** What is known of one variant: users, and the sum and sum of squares of a figure for each of them. */
export interface Moments {
  users: number;
  sum: number;
  squares: number;
}

export interface Comparison {
  /** The variant's mean less the control's. */
  difference: number;
  low: number;
  high: number;
  /** Always valid: at most α of experiments without a difference ever get below α. That is when 0 is left out. */
  pValue: number;
}

export const meanOf = ({ users, sum }: Moments): number => (users === 0 ? 0 : sum / users);

/** ρ² for which the interval is narrowest when `users` are in; it must be chosen without looking at the data. */
export function tuneMixture(users: number, alpha: number): number {
  const evidence = -2 * Math.log(alpha);
  return (evidence + Math.log(evidence + 1)) / users;
}

/** Half the width of the interval in standard errors; 1.96 would be that of a test looked at once, at the end. */
export function boundary(users: number, mixture: number, alpha: number): number {
  const scaled = users * mixture;
  return Math.sqrt(((2 * (scaled + 1)) / scaled) * (0.5 * Math.log(scaled + 1) - Math.log(alpha)));
}

/** The smallest α at which the interval leaves 0 out, with ρ as it is. */
export function alwaysValidP(z: number, users: number, mixture: number): number {
  const scaled = users * mixture;
  return Math.min(1, Math.exp(0.5 * Math.log(scaled + 1) - (z * z * scaled) / (2 * (scaled + 1))));
}

/** Null: too little to say anything. */
export function compareMeans(
  control: Moments,
  variant: Moments,
  options: { alpha: number; mixture: number; binary: boolean },
): Comparison | null {
  const users = control.users + variant.users;
  if (control.users < 2 || variant.users < 2) return null;
  const variance = varianceOfMean(control, options.binary) + varianceOfMean(variant, options.binary);
  const difference = meanOf(variant) - meanOf(control);
  if (variance === 0) return null;
  const error = Math.sqrt(variance);
  const half = error * boundary(users, options.mixture, options.alpha);
  // Two shares are never further apart.
  const farthest = options.binary ? 1 : Number.POSITIVE_INFINITY;
  return {
    difference,
    low: Math.max(-farthest, difference - half),
    high: Math.min(farthest, difference + half),
    pValue: alwaysValidP(difference / error, users, options.mixture),
  };
}

/**
 * A share near 0 or 1 has by chance no variance at all in a small sample, and an interval without width. One success
 * and one failure are added for the variance (Agresti and Caffo, The American Statistician 54(4), 2000).
 */
function varianceOfMean({ users, sum, squares }: Moments, binary: boolean): number {
  if (binary) {
    const share = (sum + 1) / (users + 2);
    return (share * (1 - share)) / users;
  }
  return Math.max(0, (squares - (sum * sum) / users) / (users - 1)) / users;
}
