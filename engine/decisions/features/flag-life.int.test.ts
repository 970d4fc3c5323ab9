import { afterAll, beforeEach, expect, test } from "vitest";
import type { FlagDefinition } from "../../../contract/flags.ts";
import type { Identity } from "../../people/index.ts";
import { testModule } from "../../supply/installed/testing/create-test-registry.ts";
import { createFlagsFixture } from "../testing/create-flags-fixture.ts";

const { database, access, flags, registry, actor, invite, openHost, close } = await createFlagsFixture();
await access.groups.create(actor, { name: "Staff" });
const ada = await invite("Ada", ["staff"]);
afterAll(close);
beforeEach(async () => {
  const { pool } = database.db;
  await pool.query("TRUNCATE graft.flags, graft.flag_changes, graft.flag_evaluators, graft.flag_usage");
  await flags.refresh();
  registry.install(testModule({ name: "news", widgets: [{ id: "recent", title: "Recent" }] }));
});

const who = () => access.directory.identity(ada) as Identity;
const forAda = (key: string) => flags.features.evaluate(key, flags.features.contextOf(who()))?.variant;
const forStaff: FlagDefinition = {
  state: "ENABLED",
  variants: { on: true, off: false },
  defaultVariant: "off",
  targeting: { if: [{ in: ["staff", { var: "groups" }] }, "on", null] },
};
const requiring = (flag: string): FlagDefinition => ({
  ...forStaff,
  targeting: { if: [{ $flag: [flag, ["on"]] }, "on", null] },
});
const age = (days: number) =>
  database.db.pool.query(
    `UPDATE graft.flags SET created_at = now() - make_interval(days => $1), updated_at = now() - make_interval(days => $1)`,
    [days],
  );

test("a flag follows one that it requires, and is explained by it", async () => {
  await flags.features.save(actor, { base: { definition: forStaff } });
  await flags.features.save(actor, { top: { definition: requiring("base") } });
  expect(forAda("top")).toBe("on");
  expect(flags.features.explain("top", who()).text).toBe(
    "Ada gets on: rule 1 matches (the flag base gives on).",
  );
  await flags.features.save(actor, { base: { definition: { ...forStaff, state: "DISABLED" } } });
  expect(forAda("top")).toBe("off");
  expect(flags.features.explain("top", who()).changes).toEqual([
    "on, if rule 1 matched: the flag base gives on.",
  ]);
});

test("a circle, a missing flag and a missing variant are refused, and so is removing what others require", async () => {
  const { save } = flags.features;
  await save(actor, { base: { definition: forStaff }, top: { definition: requiring("base") } });
  await expect(save(actor, { base: { definition: requiring("top") } })).rejects.toThrow("base → top → base");
  await expect(save(actor, { more: { definition: requiring("gone") } })).rejects.toThrow(
    "it requires the flag gone, which does not exist",
  );
  const renamed = { ...forStaff, variants: { yes: true, off: false }, targeting: {} };
  await expect(save(actor, { base: { definition: renamed } })).rejects.toThrow("to give on");
  await expect(flags.features.remove(actor, "base")).rejects.toMatchObject({
    code: "CONFLICT",
    message: "base is required by top.",
  });
  await flags.features.remove(actor, "top");
  await flags.features.remove(actor, "base");
  expect(flags.features.list()).toEqual([]);
});

test("an archived flag gives everyone the default, also to those that require it, until it is brought back", async () => {
  await flags.features.save(actor, {
    base: { definition: forStaff },
    top: { definition: requiring("base") },
  });
  await flags.features.archive(actor, ["base"], true);
  expect([forAda("base"), forAda("top")]).toEqual(["off", "off"]);
  expect(flags.features.get("base")).toMatchObject({ archived: true, definition: forStaff });
  const [change] = (await flags.features.history({ key: "base" })).items;
  expect(change?.summary).toBe("Archived base");
  await flags.features.undo(actor, change?.id ?? "");
  expect([forAda("base"), forAda("top")]).toEqual(["on", "on"]);
});

test("what was asked for is counted, also by another host, and what was not is proposed with the evidence", async () => {
  const inCode = { ...forStaff, targeting: { if: [{ in: ["staff", { var: "groups" }] }, "on", "off"] } };
  await flags.features.save(actor, { used: { definition: inCode }, forgotten: { definition: inCode } });
  expect(await flags.features.archiveProposals()).toEqual([]);
  await age(40);
  await flags.refresh();
  forAda("used");
  const other = await openHost();
  other.features.evaluate("used", {});
  // Disposer writes what was counted since the last half minute.
  await other.close();
  expect(await flags.features.usage("used")).toMatchObject({ asked: 2, sent: 0 });
  expect(await flags.features.archiveProposals()).toEqual([
    { key: "forgotten", reasons: ["unused"], evidence: ["Nobody asked for it in 30 days."] },
  ]);
});

test("a flag that gives all the same, and one whose module is gone, are proposed", async () => {
  const same = { state: "ENABLED" as const, variants: { on: true, off: false }, defaultVariant: "on" };
  registry.install(testModule({ name: "polls", flags: { beta: { type: "boolean", default: false } } }));
  await flags.features.save(actor, {
    everyone: { definition: same },
    "polls.beta": { definition: forStaff },
  });
  registry.install();
  expect(flags.features.get("polls.beta")).toMatchObject({ module: null, orphanOf: "polls" });
  await age(31);
  await flags.refresh();
  flags.features.evaluateAll({});
  const proposals = await flags.features.archiveProposals();
  expect(proposals.map(({ key, reasons }) => [key, reasons])).toEqual([
    ["everyone", ["same"]],
    ["polls.beta", ["orphan"]],
  ]);
  expect(proposals[0]?.evidence).toEqual([
    "All 2 users get on, unchanged for 30 days; it was asked for once.",
  ]);
});

test("a document is taken in as a whole, or its lines are named and nothing is", async () => {
  const wrong = `{
  "flags": {
    "fine": { "state": "ENABLED", "variants": { "on": true }, "defaultVariant": "on" },
    "broken": {
      "state": "ON",
      "variants": { "on": true },
      "colour": "red"
    }
  }
}`;
  const { problems } = flags.features.planImport(wrong);
  expect(problems.map(({ line, path }) => [line, path])).toEqual([
    [5, "flags.broken.state"],
    [7, "flags.broken.colour"],
  ]);
  await expect(flags.features.importDocument(actor, wrong)).rejects.toThrow("Line 5");
  expect(flags.features.get("fine")).toBeNull();
  expect(flags.features.planImport('{\n  "flags": {,}\n}').problems[0]).toMatchObject({ line: 2 });
  const misfit = JSON.stringify({ flags: { a: { ...forStaff, defaultVariant: "gone" } } }, null, 2);
  expect(flags.features.planImport(misfit).problems[0]).toMatchObject({ line: 3, path: "flags.a" });
});

test("what is exported can be imported elsewhere, requirements included, and then changes nothing", async () => {
  const definitions = { base: { definition: forStaff }, top: { definition: requiring("base") } };
  await flags.features.save(actor, definitions);
  const text = JSON.stringify(flags.features.exportDocument());
  expect(text).not.toContain('$flag"');
  expect(flags.features.planImport(text).flags.map(({ kind }) => kind)).toEqual(["same", "same"]);
  await flags.features.remove(actor, "top");
  await flags.features.remove(actor, "base");
  expect(flags.features.planImport(text).flags).toEqual([
    { key: "base", kind: "new", users: 2, gain: 1, lose: 0 },
    { key: "top", kind: "new", users: 2, gain: 1, lose: 0 },
  ]);
  await flags.features.importDocument(actor, text);
  expect(flags.features.get("top")?.definition).toEqual(requiring("base"));
  expect(forAda("top")).toBe("on");
});

test("access by rules is previewed, told with names and reasons, and follows the flag it requires", async () => {
  await flags.features.save(actor, { base: { definition: forStaff } });
  const setting = { mode: "rules" as const, targeting: { if: [{ $flag: ["base", ["on"]] }, "given", null] } };
  expect(await flags.previewAccess("news/recent", setting)).toMatchObject({ gain: 1, lose: 0, users: 2 });
  await flags.setAccess(actor, "news/recent", setting);
  const { count, items } = flags.holders("news/recent");
  expect([count, items.map(({ name }) => name)]).toEqual([1, ["Ada"]]);
  expect(items[0]?.text).toBe(
    "Ada has the widget recent of news: it is given by rules, where rule 1 matches (the flag base gives on).",
  );
  await flags.features.archive(actor, ["base"], true);
  expect(flags.decide(who(), "news/recent")).toMatchObject({ allowed: false, reason: "NOT_BY_RULE" });
  const wrong = { mode: "rules" as const, targeting: { if: [true, "maybe", null] } };
  await expect(flags.setAccess(actor, "news/recent", wrong)).rejects.toThrow("answers maybe");
  await flags.clearAccess(actor, "news/recent");
});

test("the kill switch changes nothing else, also what another host has written meanwhile", async () => {
  await flags.features.save(actor, { shop: { definition: forStaff, description: "Before" } });
  const other = await openHost();
  const renamed = { ...forStaff, variants: { on: true, off: false, third: true } };
  await other.features.save(actor, { shop: { definition: renamed, description: "Meanwhile" } });
  const off = await flags.features.switch(actor, "shop", false);
  expect(off).toMatchObject({
    description: "Meanwhile",
    definition: { ...renamed, state: "DISABLED" },
  });
  expect((await flags.features.history({ key: "shop" })).items[0]?.summary).toBe("Switched shop off");
  expect(await flags.features.switch(actor, "shop", true)).toMatchObject({ definition: renamed });
  await expect(flags.features.switch(actor, "gone", false)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test.each(["headerColor", "Loadgen/Flood-Home", "a", "ümläut key", "x".repeat(200)])(
  "a key of an existing flagd document is taken as it is: %s",
  async (key) => {
    await flags.features.save(actor, { [key]: { definition: forStaff } });
    expect(forAda(key)).toBe("on");
  },
);

test.each(["", "$evaluators", " x", "x ", "a\u0000b", "a\u200bb", ".", "..", "x".repeat(201)])(
  "a key that could not be shown or addressed is refused: %j",
  async (key) => {
    await expect(flags.features.save(actor, { [key]: { definition: forStaff } })).rejects.toMatchObject({
      code: "INVALID_INPUT",
    });
  },
);
