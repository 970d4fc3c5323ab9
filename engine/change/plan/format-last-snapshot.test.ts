import { expect, test } from "vitest";
import { formatLastSnapshot } from "./format-last-snapshot.ts";

test.each([
  [{ snapshotsPerModule: 5, snapshotDays: null }, "The 5 newest snapshots of a module are kept;"],
  [{ snapshotsPerModule: 1, snapshotDays: null }, "The newest snapshot of a module is kept;"],
  [{ snapshotsPerModule: 2, snapshotDays: 30 }, "The 2 newest snapshots of a module are kept for 30 days;"],
  [{ snapshotsPerModule: 1, snapshotDays: 1 }, "The newest snapshot of a module is kept for 1 day;"],
])("a plan says how long a last snapshot stays under %j", (policy, text) => {
  expect(formatLastSnapshot(policy)).toContain(text);
});
