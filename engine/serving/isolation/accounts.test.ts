import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createAccounts } from "./accounts.ts";

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "graft-accounts-"));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test("no two modules of a host have one account, even where the range is nearly used up", () => {
  const range = { first: 1_000, count: 50 };
  const accounts = createAccounts(range, null);
  const given = Array.from({ length: 50 }, (_, i) => accounts.of(`module-${i}`));
  expect(new Set(given).size).toBe(50);
  expect(Math.min(...given)).toBe(1_000);
  expect(Math.max(...given)).toBe(1_049);
  expect(() => accounts.of("one-more")).toThrow("no account is left");
});

test("a module keeps its account over a restart of the host", () => {
  const range = { first: 1_000, count: 1_000_000 };
  const file = join(dir, "accounts.json");
  const before = createAccounts(range, file);
  const given = ["polls", "graph"].map(before.of);
  expect(["graph", "polls"].map(createAccounts(range, file).of)).toEqual(given.toReversed());
  const elsewhere = createAccounts(range, join(dir, "other.json"));
  expect(elsewhere.of("polls")).not.toBe(given[0]);
});

test("accounts of another range are not kept", () => {
  const file = join(dir, "moved.json");
  createAccounts({ first: 1_000, count: 10 }, file).of("polls");
  expect(createAccounts({ first: 5_000, count: 10 }, file).of("polls")).toBeGreaterThanOrEqual(5_000);
});
