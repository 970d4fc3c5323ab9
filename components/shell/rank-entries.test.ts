import { expect, test } from "vitest";
import { rankEntries } from "./rank-entries";

const entries = [
  { label: "Home", keywords: "widgets start" },
  { label: "Health", keywords: "latency uptime" },
  { label: "History", keywords: "generations back" },
  { label: "Medical history", keywords: "" },
  { label: "Audit", keywords: "log history" },
];
const labels = (search: string) => rankEntries(entries, search).map((entry) => entry.label);

test("the label's own start comes before a word inside it, that before a keyword", () => {
  expect(labels("hist")).toEqual(["History", "Medical history", "Audit"]);
});

test("letters scattered over an entry do not find it", () => {
  expect(labels("hmed")).toEqual([]);
});

test("every word has to be there", () => {
  expect(labels("med hist")).toEqual(["Medical history"]);
});

test("equal entries keep their order", () => {
  expect(labels("h")).toEqual(["Home", "Health", "History", "Medical history", "Audit"]);
});
