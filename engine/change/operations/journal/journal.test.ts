import { expect, test } from "vitest";
import { readJournal } from "./journal.ts";

const change = {
  ...{ action: "upgrade", module: "a", title: "A", digest: "sha256:2", from: "sha256:1" },
  ...{ hasProcess: true, accepted: [], cutover: "plain", snapshot: null, left: null },
  data: { action: "restore", to: 2, file: "snapshots/a.graft" },
};
const journal = { phase: "preparing", base: 1, reason: "Change", changes: [change], removals: [] };
const withChange = (part: object) => ({ ...journal, changes: [{ ...change, ...part }] });

test("a journal is read as it was written", () => {
  expect(readJournal(journal)).toEqual(journal);
  expect(readJournal({ ...journal, phase: "decided", kept: [] })).toMatchObject({ phase: "decided" });
});

test.each([
  ["a restore of no file", withChange({ data: { action: "restore", to: 2, file: null } })],
  ["a restore whose file is lacking", withChange({ data: { action: "restore", to: 2 } })],
  ["data that ends up nowhere", withChange({ data: { action: "create" } })],
  ["a way of changing data that nobody knows", withChange({ data: { action: "guess" } })],
  [
    "a migration that has a file too",
    withChange({ data: { action: "migrate", to: 1, file: "snapshots/a.graft" } }),
  ],
  ["an early cutover of an install", withChange({ action: "install", cutover: "early" })],
  ["a member that is in no type", { ...journal, kept: [] }],
  ["a decision that remembers nothing", { ...journal, phase: "decided" }],
  ["nothing", {}],
])("%s is refused", (_, column) => {
  expect(() => readJournal(column)).toThrow("cannot be read");
});
