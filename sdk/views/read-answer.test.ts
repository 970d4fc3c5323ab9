import { describe, expect, it } from "vitest";
import { readWidgetAnswer } from "./read-answer.ts";
import type { WidgetViewKind } from "./view-kinds.ts";

describe("readWidgetAnswer", () => {
  it.each<[WidgetViewKind, unknown]>([
    ["list", { items: [{ title: "A", link: "/a", time: "2026-01-01", badge: { text: "New" } }], unread: 1 }],
    ["figures", { figures: [{ label: "A", value: null, series: [1, null] }], empty: "None." }],
    [
      "chart",
      { type: "bar", x: { type: "category", values: ["a"] }, series: [{ name: "A", values: [null] }] },
    ],
    ["table", { columns: [{ key: "a", title: "A", type: "number" }], rows: [{ a: 1 }, {}] }],
    ["markdown", { markdown: "# Hello" }],
  ])("takes a %s as it is", (kind, answer) => {
    expect(readWidgetAnswer(kind, answer)).toEqual({ ok: true, answer });
  });

  it.each<[WidgetViewKind, unknown, RegExp]>([
    ["list", [], /^items: is missing/],
    ["list", "none", /^must be an object, not "none"/],
    ["list", { items: [{ title: "A", link: "javascript:alert(1)" }] }, /^items\[0\]\.link: must be a path/],
    ["list", { items: [{ title: "A", link: "//example.org" }] }, /^items\[0\]\.link: must be a path/],
    ["list", { items: [{ title: "A", time: "soon" }] }, /^items\[0\]\.time: must be an ISO 8601/],
    ["list", { items: [{ title: "A", colour: "red" }] }, /^items\[0\]\.colour: is not known here/],
    ["figures", { figures: [{ value: 1 }] }, /^figures\[0\]\.label: /],
    [
      "chart",
      { type: "line", x: { type: "time", values: ["2026-01-01"] }, series: [{ name: "A", values: [1, 2] }] },
      /^series\[0\]\.values: has 2 values for 1 values of x/,
    ],
    [
      "chart",
      { type: "line", x: { type: "time", values: ["Monday"] }, series: [{ name: "A", values: [1] }] },
      /^x\.values\[0\]: must be an ISO 8601/,
    ],
    [
      "table",
      { columns: [{ key: "a", title: "A", type: "number" }], rows: [{ a: 1 }, { a: "1" }] },
      /^rows\[1\]\.a: must be a number/,
    ],
    ["markdown", { markdown: 5 }, /^markdown: /],
  ])("says what is wrong with a %s, and where", (kind, answer, problem) => {
    const read = readWidgetAnswer(kind, answer);
    expect(read.ok ? null : read.problem).toMatch(problem);
  });
});
