import { expect, test } from "vitest";
import type { JournalChange, JournalRemoval, OperationJournal } from "../journal/journal.ts";
import { planSteps } from "./select-steps.ts";

const digest = "sha256:new" as const;
const snapshot = { file: "snapshots/a.graft", version: "1.0.0", digest: "sha256:old", reason: "Before" };
const left = { database: 1, version: "1.0.0", digest: "sha256:old", reason: "Before" };
const shared = {
  ...{ module: "a", title: "A", digest, hasProcess: true, left: null, snapshot: null, accepted: [] },
};
const install: JournalChange = {
  ...{ ...shared, action: "install", access: null, discards: null, cutover: "plain" },
  data: { action: "create", to: 2 },
};
const upgrade: JournalChange = {
  ...{ ...shared, action: "upgrade", from: "sha256:old", cutover: "plain" },
  data: { action: "migrate", to: 1 },
};
const way = { by: "graft" as const, scripts: [], migrations: [], from: "x", structure: "y" };
const removal: JournalRemoval = {
  ...{ module: "a", title: "A", version: "1.0.0", digest, hasProcess: true, left, access: null },
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
    change({ ...install, data: { action: "restore", to: 2, file: "f" } }),
    "fetch prepare restore commit start health",
  ],
  [
    "from data that stands",
    change({ ...install, data: { action: "point", to: 1 } }),
    "fetch point commit start health",
  ],
  [
    "in place of data that was kept",
    change({ ...install, discards: 1 }),
    "fetch prepare migrate commit start health discard",
  ],
  ["an upgrade in place", change({ ...upgrade, snapshot }), "fetch snapshot migrate commit switch"],
  [
    "on a copy",
    change({ ...upgrade, data: { action: "copy", from: 1, to: 2 }, left, cutover: "held" }),
    "fetch copy migrate commit switch",
  ],
  ["with the data as it is", change({ ...upgrade, data: { action: "keep", to: 1 } }), "fetch commit switch"],
  [
    "back to a database that stands",
    change({ ...upgrade, data: { action: "point", to: 1 }, left: { ...left, database: 2 }, cutover: "held" }),
    "fetch point commit switch",
  ],
  [
    "back by SQL on a copy",
    change({ ...upgrade, data: { action: "copy", from: 1, to: 2, way }, left, cutover: "held" }),
    "fetch copy migrate commit switch",
  ],
  [
    "with an early cutover",
    change({ ...upgrade, data: { action: "revert", to: 1, way }, cutover: "early", snapshot }),
    "fetch switch snapshot migrate commit",
  ],
  ["an uninstall", remove(removal), "stop commit"],
  ["with an export", remove({ ...removal, data: { action: "export", file: "f" } }), "stop export commit"],
  ["with deletion", remove({ ...removal, data: { action: "delete" } }), "stop commit"],
  ["without data", remove({ ...removal, left: null, data: { action: "delete" } }), "stop commit"],
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
    ...["stop c", "fetch a", "fetch b", "prepare a", "migrate a", "migrate b"],
    ...["commit", "start a", "health a", "switch b"],
  ]);
});
