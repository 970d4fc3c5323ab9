import { describe, expect, test } from "vitest";
import type { GenerationModule } from "./expand-changes.ts";
import { expandChanges } from "./expand-changes.ts";
import { createPlanWorld, digestOf } from "./testing/plan-world.ts";
import type { PlanChange, PlanSettings, StoredSnapshot } from "./types.ts";

// notes 2 and polls 1 are installed. Generation 3 had notes 1 and chat 1; 4 had the present ones, but everyone had polls.

const secret = { config: { type: "object", properties: { key: { format: "secret" }, tone: {} } } };
/** A module of a generation, as that was left; `differs` is what is otherwise now. */
const left = (
  id: string,
  config: Record<string, unknown> = {},
  differs: GenerationModule["differs"] = null,
): GenerationModule => {
  const name = id.replace(/@.*/, "");
  const settings: PlanSettings = { access: { [name]: { mode: "everyone" } }, config };
  // biome-ignore lint/suspicious/noThenProperty: no promise is made of it
  return { name, digest: digestOf(id), differs, then: settings };
};
/** As a generation records it, and as a plan shows it. */
const recorded = { key: "••••0a1b2c", tone: "dry" };
const withSecret = { key: "••••", tone: "dry" };
const receivers = {
  access: [{ target: "polls", from: { mode: "nobody" as const }, to: { mode: "everyone" as const } }],
  config: [],
};
const snapshot = (module: string, id: string): StoredSnapshot => ({
  ...{
    id: `of ${module}`,
    module,
    digest: digestOf(id),
    takenAt: "2026-01-01T00:00:00Z",
    rows: 4,
    database: null,
  },
});
const world = createPlanWorld({
  modules: {
    "notes@1.0.0": {},
    "notes@2.0.0": {},
    "polls@1.0.0": { manifest: secret },
    "chat@1.0.0": { manifest: secret },
  },
  installed: ["notes@2.0.0", "polls@1.0.0"],
  generations: {
    3: [left("notes@1.0.0"), left("chat@1.0.0", recorded)],
    4: [left("notes@2.0.0"), left("polls@1.0.0", recorded, receivers)],
    5: [],
  },
  snapshots: [
    snapshot("notes", "notes@1.0.0"),
    snapshot("polls", "polls@1.0.0"),
    snapshot("chat", "chat@1.0.0"),
  ],
});
const expand = (...changes: PlanChange[]) => expandChanges(changes, world.current, world.deps);

describe("what is asked for becomes what to resolve", () => {
  test.each<[string, PlanChange, { want?: object[]; remove?: string[] }]>([
    ["an install without a version", { action: "install", module: "chat" }, { want: [{ name: "chat" }] }],
    [
      "an install of a range",
      { action: "install", module: "chat", version: "^1.0.0" },
      { want: [{ name: "chat", range: "^1.0.0" }] },
    ],
    [
      "an upgrade without a version",
      { action: "upgrade", module: "notes" },
      { want: [{ name: "notes", range: ">=0.0.0" }] },
    ],
    [
      "an upgrade to a version",
      { action: "upgrade", module: "notes", version: "1.0.0" },
      { want: [{ name: "notes", range: "1.0.0" }] },
    ],
    ["an uninstall", { action: "uninstall", module: "notes", data: "keep" }, { remove: ["notes"] }],
    [
      "a snapshot of another version that is installed",
      { action: "restore", snapshot: "of notes" },
      { want: [{ name: "notes", range: "=1.0.0" }] },
    ],
    [
      "a snapshot of a module that is gone",
      { action: "restore", snapshot: "of chat" },
      { want: [{ name: "chat", range: "=1.0.0" }] },
    ],
    [
      "a rollback: what was there comes, what came since goes",
      { action: "rollback", generation: 3 },
      {
        want: [
          { name: "notes", range: "=1.0.0" },
          { name: "chat", range: "=1.0.0" },
        ],
        remove: ["polls"],
      },
    ],
    ["a rollback to what is installed", { action: "rollback", generation: 4 }, {}],
    [
      "a rollback to the empty generation",
      { action: "rollback", generation: 5 },
      { remove: ["notes", "polls"] },
    ],
  ])("%s", async (_, change, { want = [], remove = [] }) => {
    const found = await expand(change);
    expect(found.want).toEqual(want);
    expect(found.remove.map(({ module }) => module)).toEqual(remove);
  });
});

describe("what cannot be asked for is refused before anything is resolved", () => {
  const notes: PlanChange = { action: "upgrade", module: "notes" };
  test.each<[string, PlanChange[], string]>([
    ["installing what is installed", [{ action: "install", module: "notes" }], "MODULE_ALREADY_INSTALLED"],
    ["upgrading what is not", [{ action: "upgrade", module: "chat" }], "MODULE_NOT_INSTALLED"],
    [
      "uninstalling what is not",
      [{ action: "uninstall", module: "chat", data: "keep" }],
      "MODULE_NOT_INSTALLED",
    ],
    ["two changes of one module", [notes, notes], "INVALID_INPUT"],
    [
      "an upgrade and an uninstall of one module",
      [{ action: "uninstall", module: "notes", data: "keep" }, notes],
      "INVALID_INPUT",
    ],
    [
      "a change and a snapshot of one module",
      [notes, { action: "restore", snapshot: "of notes" }],
      "INVALID_INPUT",
    ],
    [
      "a snapshot of the version that is installed",
      [{ action: "restore", snapshot: "of polls" }],
      "INVALID_INPUT",
    ],
  ])("%s", async (_, changes, code) => {
    await expect(expand(...changes)).rejects.toMatchObject({ code });
  });
});

describe("a rollback", () => {
  const back = (generation: number, rest = {}) => expand({ action: "rollback", generation, ...rest });

  test("pins the digests of that generation, whatever the catalogs offer under these versions", async () => {
    const { pinned } = await back(3);
    expect([...pinned].map(([name, { digest }]) => [name, digest])).toEqual([
      ["notes", digestOf("notes@1.0.0")],
      ["chat", digestOf("chat@1.0.0")],
    ]);
  });

  test("keeps the data of what goes, and takes again what was kept of what comes", async () => {
    const { remove, installs } = await back(3);
    expect(remove).toEqual([{ action: "uninstall", module: "polls", data: "keep" }]);
    expect([...installs.values()]).toEqual([
      { action: "install", module: "chat", data: "reuse", access: { mode: "everyone" } },
    ]);
  });

  test("gives what it installs again the settings of that generation, without secrets; what stays keeps its own", async () => {
    const { settings: given } = await back(3);
    expect([...given]).toEqual([
      ["chat", { access: { chat: { mode: "everyone" } }, config: { tone: "dry" } }],
    ]);
  });

  test.each([
    ["unasked, where nothing else differs", 4, {}, true],
    ["where it was asked for", 4, { settings: true }, true],
    ["not where it was declined", 4, { settings: false }, false],
  ])("gives settings back to what stays: %s", async (_, generation, rest, chosen) => {
    const found = await back(generation, rest);
    expect(found.settingsBack).toEqual({ chosen, ...receivers });
    expect([...found.settings.keys()]).toEqual(chosen ? ["polls"] : []);
  });

  test("the mask stands for the secrets that a module which stays keeps", async () => {
    expect((await back(4)).settings.get("polls")?.config).toEqual(withSecret);
  });

  test("remembers for each module where its data is to come from", async () => {
    const { policies } = await back(3, { data: { notes: "snapshot" } });
    expect([...policies]).toEqual([["notes", "snapshot"]]);
  });
});
