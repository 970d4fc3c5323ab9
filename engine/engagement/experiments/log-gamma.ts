// Coefficients of Stirling's series, Abramowitz and Stegun 6.1.41.
const stirling = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360];

/** ln Γ(x) for x > 0, to 13 digits: Stirling's series beyond 10, the recurrence before. */
export function logGamma(x: number): number {
  let shift = 0;
  let at = x;
  while (at < 10) {
    shift += Math.log(at);
    at += 1;
  }
  let series = 0;
  for (let i = stirling.length - 1; i >= 0; i--) series = series / (at * at) + (stirling[i] as number);
  return (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + series / at - shift;
}
