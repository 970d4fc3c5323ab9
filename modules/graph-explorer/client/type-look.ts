/** Shapes cytoscape draws; a type keeps its own beside its colour, so that colour never stands alone. */
const shapes = [
  "ellipse",
  "round-rectangle",
  "diamond",
  "hexagon",
  "round-triangle",
  "octagon",
  "pentagon",
  "star",
] as const;
export type Shape = (typeof shapes)[number];

/** Readable under white text in light and dark mode alike: ten hues of one lightness. */
const hues = [264, 152, 32, 318, 205, 95, 350, 235, 70, 180];

export interface TypeLook {
  shape: Shape;
  /** A CSS colour. */
  colour: string;
}

const known = new Map<string, TypeLook>();

/**
 * Gives each type of the graph a colour and, as far as they go, a shape of its own. A look follows from the type's
 * name, so it is the same in every session; only types whose names would give the same take the next free one.
 */
export function learnTypes(types: Iterable<string>): void {
  const colours = new Set([...known.values()].map(({ colour }) => colour));
  const taken = new Set([...known.values()].map(({ shape }) => shape));
  for (const type of [...types].sort()) {
    if (known.has(type)) continue;
    const seed = hash(type);
    const colour = firstFree(
      hues.map((hue) => `oklch(0.6 0.13 ${hue})`),
      seed,
      colours,
    );
    const shape = firstFree(shapes, Math.floor(seed / hues.length), taken);
    colours.add(colour);
    taken.add(shape);
    known.set(type, { colour, shape });
  }
}

export function lookOf(type: string): TypeLook {
  const look = known.get(type);
  if (look) return look;
  learnTypes([type]);
  return lookOf(type);
}

function firstFree<T>(values: readonly T[], start: number, taken: ReadonlySet<T>): T {
  const from = start % values.length;
  const order = [...values.slice(from), ...values.slice(0, from)];
  return order.find((value) => !taken.has(value)) ?? (order[0] as T);
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}
