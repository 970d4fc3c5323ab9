import fc from "fast-check";
import { expect, test } from "vitest";
import { homeColumns as columns } from "../../../contract/home-grid.ts";
import { type Box, freePlace, placeItems } from "./place-items.ts";

const box = (x: number, y: number, w: number, h: number) => ({ x, y, w, h });
const overlap = (a: Box, b: Box) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

test("a gap closes from below, and what overlaps is pushed down", () => {
  const items = [box(0, 3, 6, 2), box(0, 3, 6, 2), box(8, 9, 4, 1)];
  expect(placeItems(items, () => false)).toEqual([box(0, 0, 6, 2), box(0, 2, 6, 2), box(8, 0, 4, 1)]);
});

test("what is fixed stays, even with room above it, and what overlaps it goes below", () => {
  const [fixed, other] = placeItems(
    [
      { ...box(0, 2, 6, 2), fixed: true },
      { ...box(0, 1, 6, 2), fixed: false },
    ],
    (item) => item.fixed,
  );
  expect(fixed).toMatchObject({ y: 2 });
  expect(other).toMatchObject({ y: 4 });
});

test("nothing ever overlaps or leaves the grid, and settling twice changes nothing", () => {
  const item = fc.record({
    x: fc.integer({ min: 0, max: 11 }),
    y: fc.integer({ min: 0, max: 20 }),
    w: fc.integer({ min: 1, max: 12 }),
    h: fc.integer({ min: 1, max: 6 }),
    fixed: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(item, { maxLength: 20 }), (items) => {
      const settled = placeItems(items, ({ fixed }) => fixed);
      expect(settled).toHaveLength(items.length);
      for (const [i, a] of settled.entries()) {
        expect(a.x + a.w).toBeLessThanOrEqual(columns);
        for (const b of settled.slice(i + 1)) expect(overlap(a, b)).toBe(false);
      }
      expect(placeItems(settled, ({ fixed }) => fixed)).toEqual(settled);
    }),
  );
});

test("the first free place is found row by row", () => {
  expect(freePlace([box(0, 0, 4, 3)], { w: 4, h: 2 })).toEqual(box(4, 0, 4, 2));
  expect(freePlace([box(0, 0, 10, 3)], { w: 4, h: 2 })).toEqual(box(0, 3, 4, 2));
  expect(freePlace([box(0, 0, 4, 3)], { w: 4, h: 2 }, 3)).toEqual(box(0, 3, 4, 2));
});
