import { join } from "node:path";
import { Scanner } from "@tailwindcss/oxide";
import { twMerge } from "tailwind-merge";
import { describe, expect, it } from "vitest";
import { mergeClasses } from "./merge-classes.ts";

const root = join(import.meta.dirname, "../..");
const source = (base: string, pattern: string, negated = false) => ({
  base: join(root, base),
  pattern,
  negated,
});
const scanner = new Scanner({
  sources: [
    source("app", "**/*.{ts,tsx}"),
    source("components", "**/*.{ts,tsx}"),
    // Its names of groups look like classes.
    source("components/ui", "merge-classes.ts", true),
  ],
});
/** Every word of the sources that could be a class, without its variants, that the library knows. */
const classes = [...new Set(scanner.scan().map((word) => word.split(":").at(-1)?.replace(/!$/, "") ?? ""))]
  .filter((word) => /^-?[a-z]/.test(word) && twMerge(`${word} x ${word}`) !== `${word} x ${word}`)
  .sort();

describe("mergeClasses", () => {
  it("decides about each pair of classes in the sources as the whole table does", () => {
    expect(classes.length).toBeGreaterThan(300);
    const wrong: string[] = [];
    for (const first of classes)
      for (const second of classes) {
        const pair = `${first} ${second}`;
        if (first !== second && mergeClasses(pair) !== twMerge(pair))
          wrong.push(`${pair} → ${twMerge(pair)}`);
      }
    expect(wrong).toEqual([]);
  });

  it("keeps variants, importance and foreign names apart", () => {
    for (const [all, left] of [
      ["px-3 hover:px-4 px-5", "hover:px-4 px-5"],
      ["sm:hover:p-2 hover:sm:p-3", "hover:sm:p-3"],
      ["h-8 pointer-coarse:h-10 h-11", "pointer-coarse:h-10 h-11"],
      ["p-1! p-2", "p-1! p-2"],
      ["prose tabular p-1 prose", "prose tabular p-1 prose"],
    ] as const) {
      expect(mergeClasses(all)).toBe(left);
      expect(twMerge(all)).toBe(left);
    }
  });
});
