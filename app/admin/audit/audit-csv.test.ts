import { expect, it } from "vitest";
import { csvCell, csvHeader, csvRow } from "./audit-csv.ts";

it.each([
  ["plain", "plain"],
  ["a,b", '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ["two\nlines", '"two\nlines"'],
  ["=HYPERLINK(1)", "'=HYPERLINK(1)"],
  ["@SUM(1,2)", '"\'@SUM(1,2)"'],
  ["-1", "'-1"],
])("%j becomes %j", (text, cell) => {
  expect(csvCell(text)).toBe(cell);
});

it("gives each row as many cells as the header", () => {
  const row = csvRow({
    id: "1",
    at: "2026-01-01T00:00:00.000Z",
    actorId: null,
    actorName: "Graft",
    via: "system",
    action: "host.set-up",
    target: "host",
    summary: "Set up",
    details: {},
    planId: null,
    operationId: null,
    ip: null,
  });
  expect(row.trimEnd().split(",")).toHaveLength(csvHeader().trimEnd().split(",").length);
  expect(row.endsWith("\r\n")).toBe(true);
});
