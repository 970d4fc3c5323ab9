import { homeColumns as columns } from "../../../contract/home-grid.ts";

export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

/**
 * Moves everything up as far as it goes, in reading order, as the grid in the browser does; `fixed` ones stay where
 * they are and push others down. The order of the array is kept.
 */
export function placeItems<Item extends Box>(
  items: readonly Item[],
  isFixed: (item: Item) => boolean,
): Item[] {
  const taken: Box[] = [];
  const settled = new Map<Item, Item>();
  const order = [...items].sort((a, b) => a.y - b.y || a.x - b.x);
  for (const item of order.filter(isFixed)) {
    const at = { ...inGrid(item) };
    while (collides(taken, at)) at.y++;
    taken.push(at);
    settled.set(item, { ...item, ...at });
  }
  for (const item of order) {
    if (settled.has(item)) continue;
    const at = { ...inGrid(item) };
    while (collides(taken, at)) at.y++;
    while (at.y > 0 && !collides(taken, { ...at, y: at.y - 1 })) at.y--;
    taken.push(at);
    settled.set(item, { ...item, ...at });
  }
  return items.flatMap((item) => settled.get(item) ?? []);
}

/** The first free place for a box of this size, row by row from `fromY` on. */
export function freePlace(taken: readonly Box[], size: { w: number; h: number }, fromY = 0): Box {
  const w = Math.min(size.w, columns);
  for (let y = fromY; ; y++) {
    for (let x = 0; x + w <= columns; x++) {
      const box = { x, y, w, h: size.h };
      if (!collides(taken, box)) return box;
    }
  }
}

export function bottomOf(boxes: readonly Box[]): number {
  return boxes.reduce((bottom, { y, h }) => Math.max(bottom, y + h), 0);
}

function inGrid({ x, y, w, h }: Box): Box {
  const width = Math.min(w, columns);
  return { x: Math.min(x, columns - width), y, w: width, h };
}

function collides(taken: readonly Box[], a: Box): boolean {
  return taken.some((b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h);
}
