/** @jsxImportSource preact */
import { lookOf, type Shape } from "./type-look.ts";

const outlines: Record<Shape, string> = {
  ellipse: "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1",
  "round-rectangle":
    "M3 1.5h10A1.5 1.5 0 0 1 14.5 3v10a1.5 1.5 0 0 1-1.5 1.5H3A1.5 1.5 0 0 1 1.5 13V3A1.5 1.5 0 0 1 3 1.5",
  diamond: "M8 .5 15.5 8 8 15.5.5 8z",
  hexagon: "M4.5 1.5h7L15.5 8l-4 6.5h-7L.5 8z",
  "round-triangle": "M8 1.5 15 14.5H1z",
  octagon: "M5 1h6l4 4v6l-4 4H5l-4-4V5z",
  pentagon: "M8 1l7 5.2-2.7 8.3H3.7L1 6.2z",
  star: "m8 .8 2.2 4.6 5 .7-3.7 3.5.9 5L8 12.2l-4.4 2.4.9-5L.8 6.1l5-.7z",
};

/** A type's colour and shape, as in the picture. */
export function TypeMark({ type }: { type: string }) {
  const { shape, colour } = lookOf(type);
  return (
    <svg width={12} height={12} viewBox="0 0 16 16" aria-hidden="true" class="mark">
      <path d={outlines[shape]} style={{ fill: colour }} />
    </svg>
  );
}
