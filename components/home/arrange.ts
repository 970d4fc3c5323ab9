import { type LayoutItem, moveElement, verticalCompactor } from "react-grid-layout/core";
import type { HomeItem } from "@/contract/home";
import { homeColumns as columns, homeRowsMax as rowsMax } from "@/contract/home-grid";

export type Direction = "left" | "right" | "up" | "down";
/** One item, a column or row that way. */
export interface Step {
  id: string;
  direction: Direction;
}

/** As the grid library wants them. */
export function toGrid(items: readonly HomeItem[], mayUnlock: boolean): LayoutItem[] {
  return items.map(({ id, x, y, w, h, locked }) => ({
    ...{ i: id, x, y, w, h, maxH: rowsMax },
    static: locked && !mayUnlock,
  }));
}

/** Room for the title of an item that is one row high. */
const barRows = 1;

/** In one column, in their order, each as high as it is and a bar. */
export function toColumn(items: readonly HomeItem[], mayUnlock: boolean): LayoutItem[] {
  let y = 0;
  return items.map(({ id, h, locked }) => {
    const place = { i: id, x: 0, y, w: 1, h: h + barRows };
    y += place.h;
    return { ...place, minH: 1 + barRows, maxH: rowsMax + barRows, static: locked && !mayUnlock };
  });
}

/**
 * With the heights that the column gave them, which hold on the phone from then on; the rest of the grid makes room. The
 * order stays the phone's.
 */
export function heightsFrom(
  items: HomeItem[],
  column: readonly LayoutItem[],
  mayUnlock: boolean,
): HomeItem[] {
  const heights = new Map(column.map(({ i, h }) => [i, h - barRows]));
  if (items.every(({ id, h }) => (heights.get(id) ?? h) === h)) return items;
  const sized = items.map((item) => {
    const h = heights.get(item.id) ?? item.h;
    return h === item.h ? item : { ...item, h, sized: true };
  });
  const places = new Map(settle(sized, mayUnlock).map((item) => [item.id, item]));
  return sized.flatMap(({ id }) => places.get(id) ?? []);
}

/** The items at the places the grid gave them, in reading order; one that stayed is the same object, not drawn anew. */
export function fromGrid(items: readonly HomeItem[], layout: readonly LayoutItem[]): HomeItem[] {
  const places = new Map(layout.map((place) => [place.i, place]));
  return items
    .map((item) => {
      const place = places.get(item.id);
      if (place === undefined || samePlace(item, place)) return item;
      return { ...item, x: place.x, y: place.y, w: place.w, h: place.h };
    })
    .sort((a, b) => a.y - b.y || a.x - b.x);
}

type Place = Pick<LayoutItem, "x" | "y" | "w" | "h">;
const samePlace = (a: Place, b: Place) => a.x === b.x && a.y === b.y && a.w === b.w && a.h === b.h;

/**
 * Moves one item a step; up and down as far as it takes to get past its neighbour, since the grid leaves no gaps.
 * The same items when it can go no further.
 */
export function moveItem(items: HomeItem[], { id, direction }: Step, mayUnlock: boolean): HomeItem[] {
  const item = items.find((each) => each.id === id);
  if (item === undefined) return items;
  const dx = direction === "left" ? -1 : direction === "right" ? 1 : 0;
  const dy = direction === "up" ? -1 : direction === "down" ? 1 : 0;
  const farthest = dy === 0 ? 1 : bottomOf(items);
  for (let step = 1; step <= farthest; step++) {
    const x = item.x + dx * step;
    const y = item.y + dy * step;
    if (x < 0 || y < 0 || x + item.w > columns) return items;
    const grid = toGrid(items, mayUnlock);
    const moving = grid.find(({ i }) => i === id);
    if (moving === undefined) return items;
    const moved = moveElement(grid, moving, x, y, true, false, "vertical", columns);
    const settled = verticalCompactor.compact(moved, columns);
    const place = settled.find(({ i }) => i === id);
    if (place !== undefined && (dy === 0 ? place.x === x : Math.sign(place.y - item.y) === dy))
      return fromGrid(items, settled);
  }
  return items;
}

/** Makes one item a column or row larger or smaller; the same items when it cannot be. */
export function resizeItem(items: HomeItem[], { id, direction }: Step, mayUnlock: boolean): HomeItem[] {
  const item = items.find((each) => each.id === id);
  if (item === undefined) return items;
  const w = item.w + (direction === "right" ? 1 : direction === "left" ? -1 : 0);
  const h = item.h + (direction === "down" ? 1 : direction === "up" ? -1 : 0);
  if (w < 1 || h < 1 || h > rowsMax || item.x + w > columns) return items;
  return settle(
    items.map((each) => (each.id === id ? { ...each, w, h } : each)),
    mayUnlock,
  );
}

/**
 * A new order, as a phone arranges it: what comes before the first change stays, the rest flows below it in that order.
 * Locked parts stay at their place in the grid.
 */
export function reorderItems(items: HomeItem[], ids: readonly string[], mayUnlock: boolean): HomeItem[] {
  const byId = new Map(items.map((item) => [item.id, item]));
  const ordered = ids.flatMap((id) => byId.get(id) ?? []);
  const unchanged = ordered.findIndex((item, i) => items[i]?.id !== item.id);
  if (unchanged < 0) return items;
  const isFixed = ({ locked }: HomeItem) => locked && !mayUnlock;
  let x = 0;
  let y = bottomOf(ordered.slice(0, unchanged));
  let rowHeight = 0;
  const flowing = ordered.map((item, i) => {
    if (i < unchanged || isFixed(item)) return item;
    if (x + item.w > columns) {
      x = 0;
      y += rowHeight;
      rowHeight = 0;
    }
    const placed = { ...item, x, y };
    x += item.w;
    rowHeight = Math.max(rowHeight, item.h);
    return placed;
  });
  const places = new Map(settle(flowing, mayUnlock).map((item) => [item.id, item]));
  // In the order asked for, which is the phone's, not in the grid's.
  return flowing.flatMap(({ id }) => places.get(id) ?? []);
}

/** The order of the ids with one moved a step; null when it can go no further. */
export function stepInOrder(items: readonly HomeItem[], id: string, direction: Direction): string[] | null {
  const ids = items.map((item) => item.id);
  const from = ids.indexOf(id);
  const to = from + (direction === "down" ? 1 : direction === "up" ? -1 : 0);
  if (from < 0 || to === from || to < 0 || to >= ids.length) return null;
  ids.splice(to, 0, ...ids.splice(from, 1));
  return ids;
}

export function settle(items: HomeItem[], mayUnlock: boolean): HomeItem[] {
  return fromGrid(items, verticalCompactor.compact(toGrid(items, mayUnlock), columns));
}

function bottomOf(items: readonly HomeItem[]): number {
  return items.reduce((bottom, { y, h }) => Math.max(bottom, y + h), 0);
}
