import { afterAll, beforeEach, expect, test, vi } from "vitest";
import type { Identity } from "../people/index.ts";
import { createTestRegistry, testModule } from "../supply/installed/testing/create-test-registry.ts";
import { createFlagsFixture } from "./testing/create-flags-fixture.ts";

const { database, access, flags, registry, actor, invite, openHost, close } = await createFlagsFixture();
await access.groups.create(actor, { name: "Staff" });
const ada = await invite("Ada", ["staff"]);
afterAll(close);
beforeEach(async () => {
  await database.db.pool.query("TRUNCATE graft.access_rules");
  await flags.refresh();
  registry.install(news);
});

const news = testModule({ name: "news", widgets: [{ id: "recent", title: "Recent" }] });
const identity = () => access.directory.identity(ada) as Identity;
const allowed = (target = "news", by = flags) => by.decide(identity(), target).allowed;

test("a change is effective when setAccess returns, is audited with what was before, and can be undone", async () => {
  expect(allowed()).toBe(false);
  expect(await flags.setAccess(actor, "news", { mode: "groups", groups: ["staff", "staff"] })).toMatchObject({
    previous: null,
  });
  expect(allowed()).toBe(true);
  const { previous } = await flags.setAccess(actor, "news", { mode: "nobody" });
  expect(allowed()).toBe(false);
  expect(previous).toEqual({ mode: "groups", groups: ["staff"] });
  await flags.setAccess(actor, "news", previous ?? { mode: "nobody" });
  expect(allowed()).toBe(true);
  const [, entry] = (await access.audit.list({ target: "news" })).items;
  expect(entry).toMatchObject({
    action: "access.set",
    summary: "Gave news to nobody",
    details: { previous: { mode: "groups", groups: ["staff"] }, setting: { mode: "nobody" } },
  });
});

test("a widget's rule taken away lets the widget follow its module again", async () => {
  await flags.setAccess(actor, "news", { mode: "everyone" });
  await flags.setAccess(actor, "news/recent", { mode: "nobody" });
  expect(allowed("news/recent")).toBe(false);
  expect(await flags.clearAccess(actor, "news/recent")).toMatchObject({ previous: { mode: "nobody" } });
  expect(allowed("news/recent")).toBe(true);
  expect(flags.getAccess("news/recent")).toBeNull();
});

test("groups that are given a module at the same time all have it", async () => {
  const keys = ["choir", "crew", "staff"];
  for (const name of ["Choir", "Crew"]) await access.groups.create(actor, { name });
  await flags.setAccess(actor, "news", { mode: "nobody" });
  await Promise.all(keys.map((group) => flags.setGroupAccess(actor, "news", { group, on: true })));
  expect(flags.getAccess("news")).toEqual({ mode: "groups", groups: keys });
  await flags.setGroupAccess(actor, "news/recent", { group: "crew", on: false });
  expect(flags.getAccess("news/recent")).toEqual({ mode: "groups", groups: ["choir", "staff"] });
  await flags.setGroupAccess(actor, "news", { group: "crew", on: false });
  await flags.setGroupAccess(actor, "news/recent", { group: "staff", on: true });
  expect(flags.getAccess("news/recent")).toBeNull();
  await expect(flags.setGroupAccess(actor, "news", { group: "none", on: true })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await flags.setAccess(actor, "news", { mode: "everyone" });
  await expect(flags.setGroupAccess(actor, "news", { group: "crew", on: false })).rejects.toMatchObject({
    code: "CONFLICT",
  });
});

test("a rule for what does not exist is refused and leaves nothing", async () => {
  for (const [target, setting] of [
    ["gone", { mode: "everyone" }],
    ["news/gone", { mode: "everyone" }],
    ["news/recent/x", { mode: "everyone" }],
    ["news", { mode: "groups", groups: ["gone"] }],
  ] as const) {
    await expect(
      flags.setAccess(
        actor,
        target,
        "groups" in setting ? { mode: "groups", groups: [...setting.groups] } : setting,
      ),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
  }
  expect(flags.listAccess()).toEqual([]);
});

test("another host is told and decides by the new rule long before it would poll", async () => {
  const other = await openHost(createTestRegistry(testModule({ name: "news" })));
  await flags.setAccess(actor, "news", { mode: "everyone" });
  await vi.waitFor(() => expect(allowed("news", other)).toBe(true), { timeout: 3000, interval: 2 });
  await other.close();
});

test("rules written in a transaction that fails never were", async () => {
  const failing = database.db.prisma.$transaction(async (tx) => {
    await flags.writeRule(tx, "news", { mode: "everyone" });
    throw new Error("taken back");
  });
  await expect(failing).rejects.toThrow("taken back");
  await flags.refresh();
  expect(allowed()).toBe(false);
});

test("removing a module's rules takes its widgets' too, and no other module's", async () => {
  registry.install(news, testModule({ name: "news-archive" }));
  await database.db.prisma.$transaction(async (tx) => {
    for (const target of ["news", "news/recent", "news-archive"]) {
      await flags.writeRule(tx, target, { mode: "everyone" });
    }
  });
  await vi.waitFor(() => expect(flags.listAccess()).toHaveLength(3));
  await database.db.prisma.$transaction((tx) => flags.removeRules(tx, "news"));
  await vi.waitFor(() => expect(flags.listAccess().map((rule) => rule.target)).toEqual(["news-archive"]));
});

test("a group made again under the key of a deleted one has nothing of what that one had", async () => {
  await access.groups.create(actor, { name: "Guests" });
  await access.groups.update(actor, "guests", { members: [ada] });
  await flags.setAccess(actor, "news", { mode: "groups", groups: ["guests"] });
  expect(allowed()).toBe(true);
  await access.groups.delete(actor, "guests");
  expect(allowed()).toBe(false);
  await access.groups.create(actor, { name: "Guests" });
  await access.groups.update(actor, "guests", { members: [ada] });
  await flags.refresh();
  expect(allowed()).toBe(false);
});

test("listeners hear of changed rules and of nothing else", async () => {
  const heard = vi.fn();
  const stop = flags.onChange(heard);
  await flags.refresh();
  expect(heard).not.toHaveBeenCalled();
  await flags.setAccess(actor, "news", { mode: "everyone" });
  expect(heard).toHaveBeenCalledTimes(1);
  stop();
  await flags.setAccess(actor, "news", { mode: "nobody" });
  expect(heard).toHaveBeenCalledTimes(1);
});
