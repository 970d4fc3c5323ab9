import { expect, it } from "vitest";
import { formatDelta, formatValue } from "./format-value.ts";
import { sortRows } from "./sort-rows.ts";
import { viewUrl } from "./view-url.ts";

it.each([
  [1234.567, {}, "de-DE", "1.234,57"],
  [1234.567, {}, "en-GB", "1,234.57"],
  [0.256, { format: "percent" }, "en-GB", "25.6%"],
  [1_530_000, { format: "bytes" }, "en-GB", "1.53 MB"],
  [90_000, { format: "duration" }, "en-GB", "1.5 mins"],
  [3, { unit: "people" }, "en-GB", "3 people"],
] as const)("%d with %j in %s is %s", (value, written, locale, text) => {
  expect(formatValue(value, written, locale).replaceAll("\u00a0", " ")).toBe(text);
});

it("a difference has its sign", () => {
  expect([1, -1, 0].map((value) => formatDelta(value, undefined, "en"))).toEqual(["+1", "−1", "±0"]);
});

it("rows are sorted by what a cell means, with what is empty last either way", () => {
  const table = {
    columns: [{ key: "n", title: "N", type: "number" as const }],
    rows: [{ n: 10 }, { n: null }, { n: 9 }],
  };
  const sorted = (descending: boolean) =>
    sortRows(table, { column: "n", descending }, "en").map(({ n }) => n);
  expect(sorted(false)).toEqual([9, 10, null]);
  expect(sorted(true)).toEqual([10, 9, null]);
});

it("settings become a query", () => {
  expect(viewUrl("/api/v1/a/b", {})).toBe("/api/v1/a/b");
  expect(viewUrl("/api/v1/a/b", { n: 5, tags: ["x", "y&z"], on: true, none: null })).toBe(
    "/api/v1/a/b?n=5&tags=x&tags=y%26z&on=true",
  );
});
