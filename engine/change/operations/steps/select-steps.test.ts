import { expect, test } from "vitest";
import type { JournalChange, JournalRemoval, OperationJournal } from "../journal/journal.ts";
import { planSteps } from "./select-steps.ts";

const digest = "sha256:new" as const;
const snapshot = { file: "snapshots/a.graft", version: "1.0.0", digest: "sha256:old", reason: "Before" };
const shared = { module: "a", title: "A", digest, hasProcess: true, snapshot: null, accepted: [] };
const install: JournalChange = {
  ...{ ...shared, action: "install", access: null, keptData: "none", created: true, cutover: "plain" },
  data: { action: "migrate" },
};
const upgrade: JournalChange = {
  ...{ ...shared, action: "upgrade", from: "sha256:old", cutover: "plain", hasIndexes: false },
  data: { action: "migrate" },
};
const way = { by: "prisma" as const, scripts: [], migrations: [], from: "x", structure: "y" };
const removal: JournalRemoval = {
  ...{ module: "a", title: "A", version: "1.0.0", digest, hasProcess: true, hasData: true, access: null },
  data: { action: "keep" },
};
const journal = (part: Partial<Pick<OperationJournal, "changes" | "removals">>): OperationJournal => ({
  ...{ phase: "preparing", base: 1, reason: "Change", changes: [], removals: [], ...part },
});

const change = (one: JournalChange) => journal({ changes: [one] });
const remove = (one: JournalRemoval) => journal({ removals: [one] });

test.each<[string, OperationJournal, string]>([
  ["an install", change(install), "fetch prepare migrate commit start health"],
  [
    "of files alone",
    change({ ...install, data: { action: "none" }, hasProcess: false }),
    "fetch commit health",
  ],
  [
    "from a snapshot",
    change({ ...install, data: { action: "restore", file: "f" } }),
    "fetch prepare restore commit start health",
  ],
  ["an upgrade", change({ ...upgrade, snapshot }), "fetch prepare snapshot migrate commit switch"],
  ["with indexes", change({ ...upgrade, hasIndexes: true }), "fetch prepare migrate commit switch index"],
  ["with the data as it is", change({ ...upgrade, data: { action: "keep" } }), "fetch prepare commit switch"],
  [
    "a data rollback",
    change({ ...upgrade, data: { action: "revert", way }, cutover: "held", snapshot }),
    "fetch prepare snapshot migrate commit switch",
  ],
  [
    "with an early cutover",
    change({ ...upgrade, data: { action: "revert", way }, cutover: "early", snapshot }),
    "fetch prepare switch snapshot migrate commit",
  ],
  ["an uninstall", remove(removal), "stop export commit"],
  [
    "with an export",
    remove({ ...removal, data: { action: "export", file: "f", snapshot } }),
    "stop snapshot export commit drop",
  ],
  [
    "with deletion",
    remove({ ...removal, data: { action: "delete", snapshot } }),
    "stop snapshot commit drop",
  ],
  [
    "without data",
    remove({ ...removal, hasData: false, data: { action: "delete", snapshot } }),
    "stop commit",
  ],
])("%s shows the steps it will take", (_, of, names) => {
  expect(
    planSteps(of)
      .map(({ name }) => name)
      .join(" "),
  ).toBe(names);
});

test("of several modules those that leave go first, and all data is changed before anything is committed", () => {
  const steps = planSteps(
    journal({ changes: [install, { ...upgrade, module: "b" }], removals: [{ ...removal, module: "c" }] }),
  );
  expect(steps.map(({ name, module }) => `${name} ${module ?? ""}`.trim())).toEqual([
    ...["stop c", "export c", "fetch a", "prepare a", "fetch b", "prepare b", "migrate a", "migrate b"],
    ...["commit", "start a", "health a", "switch b"],
  ]);
});
