import { afterAll, beforeEach, expect, test } from "vitest";
import type { FlagDefinition } from "../../../contract/flags.ts";
import { writeRules } from "../../../sdk/flags/index.ts";
import type { Identity } from "../../people/index.ts";
import { testModule } from "../../supply/installed/testing/create-test-registry.ts";
import { createFlagsFixture } from "../testing/create-flags-fixture.ts";

const { database, access, flags, registry, actor, invite, openHost, close } = await createFlagsFixture();
const other = await openHost();
const ada = await invite("Ada");
afterAll(close);
beforeEach(async () => {
  await database.db.pool.query(
    "TRUNCATE graft.flags, graft.flag_changes, graft.flag_evaluators, graft.access_rules; DELETE FROM graft.groups",
  );
  await access.directory.refresh();
  await access.groups.create(actor, { name: "Guests" });
  await access.groups.update(actor, "guests", { members: [ada] });
  registry.install(testModule({ name: "news", widgets: [{ id: "recent", title: "Recent" }] }));
  for (const host of [flags, other]) await host.refresh();
});

const who = () => access.directory.identity(ada) as Identity;
const forAda = (key: string, by = flags) => by.features.evaluate(key, by.features.contextOf(who()))?.variant;
const allowed = (target = "news", by = flags) => by.decide(who(), target).allowed;
const newest = async (key?: string) => (await flags.features.history(key ? { key } : {})).items[0];
const inGuests = { in: ["guests", { var: "groups" }] };
const forGuests: FlagDefinition = {
  state: "ENABLED",
  variants: { on: true, off: false },
  defaultVariant: "off",
  targeting: { if: [inGuests, "on", null] },
};
async function guestsAnew() {
  await access.groups.create(actor, { name: "Guests" });
  await access.groups.update(actor, "guests", { members: [ada] });
  await flags.refresh();
}

test("a change of access is in the history with those of flags, and is taken back there, the taking back too", async () => {
  await flags.features.save(actor, { wide: { definition: forGuests } });
  await flags.setAccess(actor, "news", { mode: "everyone" });
  const { changeId } = await flags.setAccess(actor, "news/recent", { mode: "nobody" });
  const { items } = await flags.features.history();
  expect(items.map(({ key, kind }) => [key, kind])).toEqual([
    ["access/news/recent", "access"],
    ["access/news", "access"],
    ["wide", "flag"],
  ]);
  expect(items[0]).toMatchObject({
    id: changeId,
    actorName: "Root",
    before: null,
    after: { mode: "nobody" },
  });
  expect(await flags.features.undo(actor, changeId ?? "")).toEqual({ kind: "access", gone: false });
  expect(flags.getAccess("news/recent")).toBeNull();
  const taken = await newest("access/news/recent");
  expect(taken?.summary).toBe("Took back of news/recent: gave news/recent to nobody");
  await flags.features.undo(actor, taken?.id ?? "");
  expect(flags.getAccess("news/recent")).toEqual({ mode: "nobody" });
  expect((await access.audit.list({ target: "news/recent" })).items).toHaveLength(3);
});

test("access set to what it was already is no change", async () => {
  await flags.setAccess(actor, "news", { mode: "everyone" });
  expect(await flags.setAccess(actor, "news", { mode: "everyone" })).toMatchObject({ changeId: null });
  expect((await flags.features.history({ key: "access/news" })).items).toHaveLength(1);
});

test("deleting a group takes it out of flags, shared evaluators and access; one made with its key inherits nothing", async () => {
  await flags.features.save(
    actor,
    {
      plain: { definition: forGuests },
      shared: { definition: { ...forGuests, targeting: { if: [{ $ref: "guest" }, "on", null] } } },
      theirs: {
        definition: { ...forGuests, targeting: { if: [{ in: ["x", { var: "groups" }] }, "on", null] } },
      },
    },
    { evaluators: { guest: inGuests } },
  );
  await flags.setAccess(actor, "news", { mode: "groups", groups: ["guests"] });
  await flags.setAccess(actor, "news/recent", {
    mode: "rules",
    targeting: { if: [inGuests, "given", null] },
  });
  expect([forAda("plain"), forAda("shared"), allowed(), allowed("news/recent")]).toEqual([
    "on",
    "on",
    true,
    true,
  ]);
  await access.groups.delete(actor, "guests");
  await guestsAnew();
  expect([forAda("plain"), forAda("shared"), allowed(), allowed("news/recent")]).toEqual([
    "off",
    "off",
    false,
    false,
  ]);
  const { items } = await flags.features.history({ limit: 3 });
  expect(items.map(({ summary }) => summary).toSorted()).toEqual([
    "Took the deleted group guests out of the access of news",
    "Took the deleted group guests out of the access of news/recent",
    "Took the deleted group guests out of the rules of plain",
  ]);
  expect((await access.audit.list({ target: "guest" })).items[0]).toMatchObject({
    details: { previous: inGuests },
  });
});

test("what a deleted group had comes back by undo, once there is such a group again", async () => {
  await flags.features.save(actor, { plain: { definition: forGuests } });
  await flags.setAccess(actor, "news", { mode: "groups", groups: ["guests"] });
  await access.groups.delete(actor, "guests");
  await flags.refresh();
  const [ofFlag, ofAccess] = [await newest("plain"), await newest("access/news")];
  await expect(flags.features.undo(actor, ofFlag?.id ?? "")).rejects.toMatchObject({ code: "CONFLICT" });
  await expect(flags.features.undo(actor, ofAccess?.id ?? "")).rejects.toMatchObject({ code: "NOT_FOUND" });
  await guestsAnew();
  expect([forAda("plain"), allowed()]).toEqual(["off", false]);
  await flags.features.undo(actor, ofFlag?.id ?? "");
  await flags.features.undo(actor, ofAccess?.id ?? "");
  expect([forAda("plain"), allowed()]).toEqual(["on", true]);
});

test("a group whose flag may not change now stays, with all that names it", async () => {
  await flags.features.save(actor, { measured: { definition: forGuests } });
  await flags.setAccess(actor, "news", { mode: "groups", groups: ["guests"] });
  flags.features.guard(async (_tx, key) => {
    if (key === "measured") throw new Error("an experiment runs on it");
  });
  await expect(access.groups.delete(actor, "guests")).rejects.toThrow("an experiment runs on it");
  await flags.refresh();
  expect([forAda("measured"), allowed()]).toEqual(["on", true]);
});

test("a roll-out is held on every host and after a restart, goes on where it stopped, and each is taken back", async () => {
  const now = Math.floor(Date.now() / 1000);
  const steps = [100, 0].map((on, i) => ({
    at: now - 60 + i * 86_400,
    weights: [
      { variant: "on", weight: on },
      { variant: "off", weight: 100 - on },
    ],
  }));
  const targeting = writeRules([
    { conditions: [], outcome: { kind: "rollout", steps } },
  ]) as FlagDefinition["targeting"];
  await flags.features.save(actor, { wide: { definition: { ...forGuests, targeting } } });
  const { changeId } = await flags.features.rollout(actor, "wide", "hold");
  expect((await newest("wide"))?.summary).toBe("Held the roll-out of wide: on 100 %");
  await other.refresh();
  const restarted = await openHost();
  for (const host of [flags, other, restarted]) {
    expect(host.features.get("wide")?.definition.targeting).not.toEqual(targeting);
    await expect(host.features.rollout(actor, "wide", "hold")).rejects.toMatchObject({
      code: "CONFLICT",
      message: "The roll-out of wide is on hold already.",
    });
  }
  await restarted.close();
  await flags.features.undo(actor, changeId ?? "");
  expect(flags.features.get("wide")?.definition.targeting).toEqual(targeting);
  expect(forAda("wide")).toBe("on");
  await flags.features.rollout(actor, "wide", "advance");
  expect(forAda("wide")).toBe("off");
  await expect(flags.features.rollout(actor, "wide", "continue")).rejects.toMatchObject({
    message: "wide has no roll-out with a step to come.",
  });
});

test("a roll-out of access is held, goes on and is at its next step as a flag's is", async () => {
  const at = Math.floor(Date.now() / 1000) + 86_400;
  const weights = [
    { variant: "given", weight: 100 },
    { variant: "withheld", weight: 0 },
  ];
  const targeting = writeRules([{ conditions: [], outcome: { kind: "rollout", steps: [{ at, weights }] } }]);
  await flags.setAccess(actor, "news", { mode: "rules", targeting: targeting ?? {} });
  expect(allowed()).toBe(false);
  await flags.rolloutAccess(actor, "news", "hold");
  expect((await newest("access/news"))?.summary).toBe("Held the roll-out of news: before the first step");
  await flags.rolloutAccess(actor, "news", "continue");
  await flags.rolloutAccess(actor, "news", "advance");
  expect(allowed()).toBe(true);
  await expect(flags.rolloutAccess(actor, "gone", "hold")).rejects.toMatchObject({ code: "NOT_FOUND" });
});
