import { describe, expect, it } from "vitest";
import { excerpt } from "./excerpt.ts";

describe("excerpt", () => {
  it.each([
    ["Lunch from **11:30**, one *vegan*.", "Lunch from 11:30, one vegan."],
    ["# Title\n\n- one\n- two", "Title one two"],
    ["See [the plan](https://example.org/plan) and ![a map](map.png)", "See the plan and a map"],
    ["2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"],
  ])("of %j is %j", (markdown, text) => expect(excerpt(markdown, 160)).toBe(text));

  it("ends at a word", () => expect(excerpt("one two three", 9)).toBe("one two…"));
});
