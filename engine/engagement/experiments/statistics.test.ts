import { describe, expect, it } from "vitest";
import { alwaysValidP, boundary, compareMeans, type Moments, tuneMixture } from "./confidence-sequence.ts";
import { logGamma } from "./log-gamma.ts";
import { logBayesFactor, ratioAlpha, ratioPValue } from "./sample-ratio.ts";

/** mulberry32: the same numbers in every run. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const alpha = 0.05;
const empty = (): Moments => ({ users: 0, sum: 0, squares: 0 });
const conversions = (users: number, sum: number): Moments => ({ users, sum, squares: sum });

describe("against figures from elsewhere", () => {
  it.each([
    [0.1, 2.252712651734206],
    [0.5, 0.5723649429247],
    [1, 0],
    [2.5, 0.2846828704729192],
    [10, 12.801827480081469],
    [33.3, 82.60372358165493],
    [100, 359.1342053695754],
    [12345.678, 103959.91990554606],
  ])("ln Γ(%f) is SciPy's gammaln", (x, expected) => {
    expect(logGamma(x)).toBeCloseTo(expected, 9);
  });

  it("the boundary is that of GrowthBook's published test cases, half the interval over the standard error", () => {
    expect(boundary(6461, tuneMixture(1000, alpha), alpha)).toBeCloseTo((1.56516 + 0.55844) / 2 / 0.33341, 3);
    expect(boundary(6461, tuneMixture(5000, alpha), alpha)).toBeCloseTo((0.60675 - 0.40098) / 2 / 0.03386, 2);
  });

  it("the p-value is α exactly where the interval begins to leave 0 out", () => {
    const mixture = tuneMixture(500, alpha);
    for (const users of [40, 500, 9_000])
      expect(alwaysValidP(boundary(users, mixture, alpha), users, mixture)).toBeCloseTo(alpha, 10);
  });

  it("the interval is narrowest, in standard errors of the whole, near the users it was tuned for", () => {
    const mixture = tuneMixture(500, alpha);
    const width = (users: number) => boundary(users, mixture, alpha);
    expect(width(500)).toBeLessThan(width(50));
    expect(width(500)).toBeLessThan(width(50_000));
  });

  it.each([
    [[60, 40], [1, 1], 0.7823433146074592],
    [[600, 400], [50, 50], 17.776912324081422],
    [[300, 310, 390], [0.3, 0.3, 0.4], -3.683620115438771],
    [[5000, 5300], [1, 1], 1.2259782266846742],
  ])("the Bayes factor of %j at shares %j is what SciPy's gammaln gives", (counts, weights, expected) => {
    expect(logBayesFactor(counts, weights)).toBeCloseTo(expected, 8);
  });
});

interface World {
  control: () => number;
  variant: () => number;
  binary: boolean;
  usersADay: number;
  days: number;
  tunedFor: number;
}

/** Experiments looked at every evening: how many ever reject, and how many intervals ever miss `effect`. */
function simulate(world: World, effect: number, seed: number, experiments = 1_000) {
  const random = createRandom(seed);
  const mixture = tuneMixture(world.tunedFor, alpha);
  let rejected = 0;
  let missed = 0;
  for (let i = 0; i < experiments; i++) {
    const [control, variant] = [empty(), empty()];
    let rejects = false;
    let misses = false;
    for (let day = 0; day < world.days; day++) {
      for (let user = 0; user < world.usersADay; user++) {
        const treated = random() < 0.5;
        const figure = treated ? world.variant() : world.control();
        const own = treated ? variant : control;
        own.users += 1;
        own.sum += figure;
        own.squares += figure * figure;
      }
      if (Math.min(control.users, variant.users) < 20) continue;
      const found = compareMeans(control, variant, { alpha, mixture, binary: world.binary });
      if (found === null) continue;
      rejects ||= found.low > 0 || found.high < 0;
      misses ||= found.low > effect || found.high < effect;
    }
    rejected += Number(rejects);
    missed += Number(misses);
  }
  return { rejected: rejected / experiments, missed: missed / experiments };
}

describe("looked at every evening, in seeded simulations", () => {
  const random = createRandom(11);
  const share = (p: number) => () => Number(random() < p);
  const skewed = () => -Math.log(1 - random());
  const world = { usersADay: 8, days: 60, tunedFor: 300 };

  it.each([
    ["rare conversions", share(0.02), true],
    ["conversions of one in ten", share(0.1), true],
    ["conversions of half", share(0.5), true],
    ["skewed values", skewed, false],
  ])("without a difference at most α of experiments are ever called decided: %s", (_, figure, binary) => {
    const { rejected } = simulate({ ...world, control: figure, variant: figure, binary }, 0, 5);
    expect(rejected).toBeLessThanOrEqual(alpha);
  });

  it("a real difference is found, and the interval holds it all the way", () => {
    const found = simulate({ ...world, control: share(0.2), variant: share(0.4), binary: true }, 0.2, 6);
    expect(found.rejected).toBeGreaterThan(0.9);
    expect(found.missed).toBeLessThanOrEqual(alpha);
  });

  it("a test made for one look would be wrong many times as often here", () => {
    let wrong = 0;
    for (let i = 0; i < 300; i++) {
      const [control, variant] = [empty(), empty()];
      let rejects = false;
      for (let user = 0; user < 480; user++) {
        const own = random() < 0.5 ? variant : control;
        const figure = Number(random() < 0.5);
        own.users += 1;
        own.sum += figure;
        if (user < 40 || user % 8 !== 0) continue;
        const p = (control.sum + variant.sum) / (control.users + variant.users);
        const error = Math.sqrt(p * (1 - p) * (1 / control.users + 1 / variant.users));
        rejects ||= Math.abs(variant.sum / variant.users - control.sum / control.users) > 1.96 * error;
      }
      wrong += Number(rejects);
    }
    expect(wrong / 300).toBeGreaterThan(3 * alpha);
  });

  it("conversions that come in long after the users keep the promise too", () => {
    let wrong = 0;
    const mixture = tuneMixture(300, alpha);
    for (let i = 0; i < 500; i++) {
      const [control, variant] = [conversions(150, 0), conversions(150, 0)];
      const comingIn = [control, variant].flatMap((own) =>
        Array.from({ length: 150 }, () => ({ own, day: random() < 0.5 ? Math.ceil(random() * 60) : 0 })),
      );
      let rejects = false;
      for (let day = 1; day <= 60; day++) {
        for (const one of comingIn) {
          if (one.day !== day) continue;
          one.own.sum += 1;
          one.own.squares += 1;
        }
        const found = compareMeans(control, variant, { alpha, mixture, binary: true });
        rejects ||= found !== null && found.pValue < alpha;
      }
      wrong += Number(rejects);
    }
    expect(wrong / 500).toBeLessThanOrEqual(alpha);
  });

  it("right shares raise the alarm in at most its α, wrong ones nearly always", () => {
    const alarms = (chance: number) => {
      let raised = 0;
      for (let i = 0; i < 500; i++) {
        const counts: [number, number] = [0, 0];
        let least = 1;
        for (let user = 1; user <= 1_000; user++) {
          counts[random() < chance ? 0 : 1] += 1;
          if (user % 10 === 0) least = Math.min(least, ratioPValue(counts, [1, 1]));
        }
        raised += Number(least < ratioAlpha);
      }
      return raised / 500;
    };
    expect(alarms(0.5)).toBeLessThanOrEqual(ratioAlpha);
    expect(alarms(0.6)).toBeGreaterThan(0.95);
  });

  it("a variant that loses all its users raises the alarm before any verdict may be given", () => {
    expect(ratioPValue([0, 20], [1, 1])).toBeLessThan(ratioAlpha);
  });
});

it("nobody, or nothing that varies, is not compared", () => {
  const options = { alpha, mixture: tuneMixture(100, alpha), binary: false };
  expect(compareMeans(empty(), conversions(10, 3), options)).toBeNull();
  expect(compareMeans(conversions(30, 0), conversions(30, 0), options)).toBeNull();
  // Shares have a variance even then: 0 of 30 says little about the next 30.
  expect(compareMeans(conversions(30, 0), conversions(30, 0), { ...options, binary: true })).toMatchObject({
    difference: 0,
    pValue: 1,
  });
});

it("two shares are never said to be further apart than all from none", () => {
  const options = { alpha, mixture: tuneMixture(100, alpha), binary: true };
  expect(compareMeans(conversions(3, 0), conversions(3, 3), options)).toMatchObject({
    difference: 1,
    high: 1,
  });
});
