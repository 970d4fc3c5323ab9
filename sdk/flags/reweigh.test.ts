import fc from "fast-check";
import { expect, test } from "vitest";
import { reweigh, totalsOf } from "./reweigh.ts";
import type { Weights } from "./rules.ts";

const names = ["a", "b", "c", "d", "e"];
const splitIn = (cuts: number[], variants: string[]): Weights => {
  const borders = [0, ...[...cuts].sort((x, y) => x - y), 100];
  return borders.slice(1).map((end, i) => ({
    variant: variants[i % variants.length] as string,
    weight: end - (borders[i] as number),
  }));
};
const cut = fc.integer({ min: 0, max: 100 });
/** Up to seven places for up to five variants: some stand in several. */
const split = fc
  .tuple(fc.array(cut, { maxLength: 6 }), fc.shuffledSubarray(names, { minLength: 2 }))
  .map(([cuts, variants]) => splitIn(cuts, variants));
const slots = (weights: Weights) =>
  weights.flatMap(({ variant, weight }) => Array<string>(weight).fill(variant));
const total = (weights: Weights, variant: string) =>
  weights.filter((one) => one.variant === variant).reduce((sum, { weight }) => sum + weight, 0);

test("whoever has a variant that does not shrink keeps it, and no more change than have to", () => {
  fc.assert(
    fc.property(split, split, (before, wanted) => {
      const after = reweigh(before, totalsOf(wanted));
      for (const name of names) expect(total(after, name)).toBe(total(wanted, name));
      const [was, is] = [slots(before), slots(after)];
      expect(is).toHaveLength(100);
      const changed = was.filter((variant, place) => is[place] !== variant);
      for (const variant of new Set(changed))
        expect(total(wanted, variant)).toBeLessThan(total(before, variant));
      const grown = names.map((name) => Math.max(0, total(wanted, name) - total(before, name)));
      expect(changed).toHaveLength(grown.reduce((sum, one) => sum + one, 0));
    }),
    { numRuns: 300 },
  );
});

test("of two variants a share that is raised goes on where it stops, and goes back the same way", () => {
  fc.assert(
    fc.property(cut, cut, (from, to) => {
      const share = (weight: number): Weights => [
        { variant: "on", weight },
        { variant: "off", weight: 100 - weight },
      ];
      expect(reweigh(share(from), share(to))).toEqual(share(to));
    }),
  );
});

test("one share raised and lowered again leaves everybody where they were", () => {
  fc.assert(
    fc.property(fc.tuple(cut, cut), fc.integer({ min: 1, max: 100 }), (cuts, by) => {
      const before = splitIn(cuts, ["a", "b", "c"]);
      const [a, b, c] = ["a", "b", "c"].map((name) => total(before, name)) as [number, number, number];
      const moved = Math.min(by, c);
      const raised = reweigh(before, [
        { variant: "a", weight: a + moved },
        { variant: "b", weight: b },
        { variant: "c", weight: c - moved },
      ]);
      expect(slots(reweigh(raised, before))).toEqual(slots(before));
    }),
  );
});
