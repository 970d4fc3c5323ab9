import { expect, test } from "vitest";
import type { HomeItem } from "@/contract/home";
import { heightsFrom, moveItem, reorderItems, resizeItem, stepInOrder, toColumn } from "./arrange.ts";

const item = (id: string, x: number, y: number, w: number, h: number, locked = false): HomeItem => ({
  ...{ id, widget: `news/${id}`, x, y, w, h, config: {}, locked },
});
const places = (items: HomeItem[]) => items.map(({ id, x, y, w, h }) => `${id} ${x},${y} ${w}x${h}`);
const two = [item("a", 0, 0, 6, 2), item("b", 6, 0, 6, 3)];

test("a step to the side pushes nothing that is not in the way, and stops at the edge", () => {
  const narrow = [item("a", 0, 0, 4, 2)];
  expect(places(moveItem(narrow, { id: "a", direction: "right" }, false))).toEqual(["a 1,0 4x2"]);
  expect(moveItem(narrow, { id: "a", direction: "left" }, false)).toBe(narrow);
  expect(moveItem([item("a", 8, 0, 4, 2)], { id: "a", direction: "right" }, false)).toHaveLength(1);
});

test("down goes past the neighbour below, up comes back", () => {
  const stacked = [item("a", 0, 0, 6, 2), item("b", 0, 2, 6, 3)];
  const down = moveItem(stacked, { id: "a", direction: "down" }, false);
  expect(places(down)).toEqual(["b 0,0 6x3", "a 0,3 6x2"]);
  expect(places(moveItem(down, { id: "a", direction: "up" }, false))).toEqual(["a 0,0 6x2", "b 0,2 6x3"]);
  expect(moveItem([item("a", 0, 0, 6, 2)], { id: "a", direction: "down" }, false)).toHaveLength(1);
});

test("a larger item pushes its neighbours down; no item leaves the grid or vanishes", () => {
  expect(places(resizeItem(two, { id: "a", direction: "right" }, false))).toEqual(["a 0,0 7x2", "b 6,2 6x3"]);
  expect(places(resizeItem(two, { id: "a", direction: "up" }, false))).toEqual(["a 0,0 6x1", "b 6,0 6x3"]);
  expect(resizeItem(two, { id: "b", direction: "right" }, false)).toBe(two);
  const smallest = [item("a", 0, 0, 1, 1)];
  expect(resizeItem(smallest, { id: "a", direction: "left" }, false)).toBe(smallest);
});

test("what is locked stays, and moves for an administrator", () => {
  const items = [item("a", 0, 0, 12, 2, true), item("b", 0, 2, 6, 2)];
  expect(moveItem(items, { id: "b", direction: "up" }, false)).toBe(items);
  expect(places(moveItem(items, { id: "b", direction: "up" }, true))).toEqual(["b 0,0 6x2", "a 0,2 12x2"]);
});

test("an order made on a phone is the order, and the grid follows it without overlaps", () => {
  const items = [item("a", 0, 0, 8, 5), item("b", 8, 0, 4, 2), item("c", 0, 5, 8, 2)];
  const moved = reorderItems(items, ["a", "c", "b"], false);
  expect(places(moved)).toEqual(["a 0,0 8x5", "c 0,5 8x2", "b 8,0 4x2"]);
  expect(reorderItems(items, ["a", "b", "c"], false)).toBe(items);
});

test("a step in the order ends at its ends", () => {
  expect(stepInOrder(two, "a", "down")).toEqual(["b", "a"]);
  expect(stepInOrder(two, "a", "up")).toBeNull();
  expect(stepInOrder(two, "b", "down")).toBeNull();
});

test("heights set in the phone's column make room in the grid, and leave the phone's order alone", () => {
  const items = [item("b", 6, 0, 6, 3), item("a", 0, 0, 6, 2), item("c", 0, 3, 12, 1)];
  const column = toColumn(items, false);
  expect(column.map(({ y, h }) => [y, h])).toEqual([
    [0, 4],
    [4, 3],
    [7, 2],
  ]);
  expect(heightsFrom(items, column, false)).toBe(items);
  const taller = column.map((place) => (place.i === "a" ? { ...place, h: 6 } : place));
  const after = heightsFrom(items, taller, false);
  expect(places(after)).toEqual(["b 6,0 6x3", "a 0,0 6x5", "c 0,5 12x1"]);
  // Only what was set holds on the phone; the others stay as tall as their content.
  expect(after.filter(({ sized }) => sized).map(({ id }) => id)).toEqual(["a"]);
});
