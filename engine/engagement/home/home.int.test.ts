import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { HomeItem } from "../../../contract/home.ts";
import { type Actor, createListener, silentLog, systemActor } from "../../core/index.ts";
import { createTestDatabase, type TestDatabase } from "../../core/testing/index.ts";
import type { Flags } from "../../decisions/index.ts";
import { createAccess, type Identity } from "../../people/index.ts";
import { createTestRegistry, testModule } from "../../supply/installed/testing/create-test-registry.ts";
import { createHome } from "./create-home.ts";
import type { Home } from "./types.ts";

let database: TestDatabase;
let close: () => Promise<void>;
let home: Home;
let ada: Identity;
let grace: Identity;
let actor: Actor;
const registry = createTestRegistry();
/** Who may have what; the rules themselves are the flags' affair. */
let may: (userId: string, target: string) => boolean;

beforeAll(async () => {
  database = await createTestDatabase();
  const listener = createListener(database.url, silentLog);
  const access = await createAccess({ db: database.db, log: silentLog, listener });
  close = async () => {
    await access.close();
    await listener.close();
    await database.close();
  };
  for (const name of ["Staff", "Board"]) await access.groups.create(systemActor, { name });
  const invite = async (name: string, groups: string[]) => {
    const email = `${name}@example.org`;
    const { user } = await access.users.invite(systemActor, { name, email, role: "member", groups });
    const { url: _url, ...identity } = { url: "", ...access.directory.identity(user.id) };
    return { ...identity, enabled: true } as Identity;
  };
  ada = await invite("ada", ["staff"]);
  grace = await invite("grace", []);
  actor = { ...systemActor, name: "Root", via: "user" };
  const flags = {
    decide: (identity: Identity, target: string) => ({
      allowed: may(identity.userId, target),
      reason: "EVERYONE",
    }),
  } as Flags;
  home = createHome({ db: database.db, access, flags, log: silentLog, registry });
}, 60_000);
afterAll(() => close());
beforeEach(async () => {
  may = () => true;
  registry.install(
    withWidget("news", "recent", { size: { w: 4, h: 3 }, config }),
    withWidget("polls", "open", { size: { w: 6, h: 4 } }),
    withWidget("graph", "size", { size: { w: 4, h: 2 } }),
  );
  await database.db.prisma.homeLayout.deleteMany();
  await database.db.prisma.homeDefault.deleteMany();
  await database.db.prisma.homeEveryone.deleteMany();
});

const withWidget = (name: string, id: string, widget: object) =>
  testModule({ name, widgets: [{ id, title: id, ...widget }] });
const config = {
  type: "object",
  properties: { limit: { type: "integer", minimum: 1, default: 5 } },
};
const item = (id: string, widget: string, at: Partial<HomeItem> = {}): HomeItem => ({
  id,
  widget,
  ...{ x: 0, y: 0, w: 4, h: 2, config: {}, locked: false },
  ...at,
});
const shown = async (identity: Identity) =>
  (await home.layoutFor(identity)).items.map(({ id, x, y }) => `${id} ${x},${y}`);

test("without an arrangement every widget one has is there, in its manifest's size and with its defaults", async () => {
  may = (_, target) => target !== "graph/size";
  const layout = await home.layoutFor(ada);
  expect(layout).toMatchObject({ source: "generated", group: null });
  expect(layout.items).toMatchObject([
    { widget: "news/recent", x: 0, y: 0, w: 4, h: 3, config: { limit: 5 } },
    { widget: "polls/open", x: 4, y: 0, w: 6, h: 4, config: {} },
  ]);
});

test("an arrangement is kept, several instances of one widget with settings of their own included", async () => {
  const saved = await home.save(ada, [
    item("b", "news/recent", { x: 6, w: 6, config: { limit: 2 } }),
    item("a", "news/recent", { y: 9, config: { limit: 9 } }),
  ]);
  expect(saved).toMatchObject({
    source: "own",
    items: [
      { id: "b", x: 6, config: { limit: 2 } },
      { id: "a", y: 0 },
    ],
  });
  expect(await home.layoutFor(ada)).toEqual(saved);
  expect((await home.layoutFor(grace)).source).toBe("generated");
  expect((await home.reset(ada)).source).toBe("generated");
});

test("what was removed stays away, and what is given later appears at the end by itself", async () => {
  await home.save(ada, [item("a", "polls/open")]);
  expect(await shown(ada)).toEqual(["a 0,0"]);
  registry.install(...registry.list(), withWidget("weather", "now", { size: { w: 3, h: 2 } }));
  expect(await shown(ada)).toEqual(["a 0,0", "weather.now 0,2"]);
});

test("a widget that is taken away is gone at once, survives a save, and comes back to its place", async () => {
  await home.save(ada, [item("a", "polls/open"), item("b", "graph/size", { x: 4 })]);
  may = (_, target) => target !== "graph/size";
  expect(await shown(ada)).toEqual(["a 0,0"]);
  await home.save(ada, [item("a", "polls/open", { w: 3 })]);
  may = () => true;
  expect(await shown(ada)).toEqual(["a 0,0", "b 4,0"]);
});

test("a height that was set on a phone is known as such, and may be let go", async () => {
  await home.save(ada, [item("a", "polls/open", { h: 5, sized: true }), item("b", "graph/size", { x: 4 })]);
  const sized = async () => (await home.layoutFor(ada)).items.map(({ h, sized }) => [h, sized ?? false]);
  expect((await sized())[0]).toEqual([5, true]);
  expect((await sized())[1]?.[1]).toBe(false);
  await home.save(ada, [item("a", "polls/open", { h: 5, sized: false })]);
  expect((await sized())[0]).toEqual([5, false]);
});

test("a widget one may not have cannot be put on one's home", async () => {
  may = (_, target) => target !== "graph/size";
  expect((await home.save(ada, [item("x", "graph/size")])).items).toEqual([]);
});

test("settings that do not fit name the item and the field, and nothing is stored", async () => {
  const wrong = item("a", "news/recent", { config: { limit: 0 } });
  await expect(home.save(ada, [wrong])).rejects.toMatchObject({
    code: "INVALID_INPUT",
    details: { item: "a", fieldErrors: { limit: ["must be 1 or more"] } },
  });
  expect((await home.layoutFor(ada)).source).toBe("generated");
});

test("settings that an upgrade made invalid do not keep anybody from moving things", async () => {
  await home.save(ada, [item("a", "news/recent", { config: { limit: 3 } })]);
  registry.install(withWidget("news", "recent", { config: { type: "object", required: ["team"] } }));
  const moved = await home.save(ada, [item("a", "news/recent", { x: 5, config: { limit: 3 } })]);
  expect(moved.items).toMatchObject([{ x: 5, config: { limit: 3 } }]);
});

test.each([
  ["outside the grid", [item("a", "news/recent", { x: 12 })]],
  ["two of one id", [item("a", "news/recent"), item("a", "polls/open")]],
  ["no layout", "everything"],
])("%s is refused", async (_, items) => {
  await expect(home.save(ada, items as HomeItem[])).rejects.toMatchObject({ code: "INVALID_INPUT" });
});

test("members of a group begin with its default, others do not", async () => {
  await home.setDefault(actor, { group: "staff" }, [item("d", "graph/size", { x: 8 })]);
  expect(await home.layoutFor(ada)).toMatchObject({
    source: "group",
    group: "staff",
    items: [{ id: "d", x: 8 }],
  });
  expect((await home.layoutFor(grace)).source).toBe("generated");
  expect(await home.layoutForNew({ group: "staff" })).toEqual(await home.layoutFor(ada));
  expect((await home.layoutForNew({ group: "board" })).source).toBe("generated");
});

test("a locked part stays where it was put, in every arrangement, and goes when it is unlocked or removed", async () => {
  const notice = item("n", "news/recent", { w: 12, locked: true, config: { limit: 1 } });
  await home.setDefault(actor, { group: "staff" }, [notice]);
  await home.save(ada, [item("a", "polls/open"), { ...notice, y: 7, config: { limit: 9 }, locked: false }]);
  expect((await home.layoutFor(ada)).items).toMatchObject([
    { id: "a", y: 2 },
    { id: "n", y: 0, w: 12, locked: true, config: { limit: 1 } },
  ]);
  await home.save(ada, [item("a", "polls/open")]);
  expect(await shown(ada)).toEqual(["n 0,0", "a 0,2"]);
  await home.setDefault(actor, { group: "staff" }, [{ ...notice, locked: false }]);
  expect((await home.layoutFor(ada)).items.every(({ locked }) => !locked)).toBe(true);
  await home.setDefault(actor, { group: "staff" }, [{ ...notice }]);
  await home.clearDefault(actor, { group: "staff" });
  expect(await shown(ada)).toEqual(["a 0,0"]);
});

test("everyone begins with one home, locked parts included, unless a group has its own", async () => {
  await home.setDefault(actor, "everyone", [item("e", "polls/open", { locked: true })]);
  expect(await home.layoutFor(grace)).toMatchObject({
    source: "everyone",
    group: null,
    items: [{ id: "e", locked: true }],
  });
  await home.save(grace, []);
  expect((await home.layoutFor(grace)).items.map(({ id }) => id)).toEqual(["e"]);
  expect((await home.layoutForNew("everyone")).source).toBe("everyone");
  await home.setDefault(actor, { group: "staff" }, [item("s", "news/recent")]);
  expect((await home.layoutFor(ada)).items.map(({ id }) => id)).toEqual(["s"]);
  expect(await home.defaultFor({ group: "board" })).toBeNull();
  await home.clearDefault(actor, "everyone");
  expect(await home.defaultFor("everyone")).toBeNull();
  expect((await home.layoutFor(grace)).items).toEqual([]);
});

test("defaults are in the history, and an unknown group has none", async () => {
  await expect(home.setDefault(actor, { group: "nobody" }, [])).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(home.layoutForNew({ group: "nobody" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  const entries = await database.db.prisma.auditEntry.findMany({
    where: { action: { startsWith: "home." } },
  });
  expect(entries.map(({ action }) => action)).toContain("home.clear-default");
  expect(entries[0]).toMatchObject({ actorName: "Root", target: "staff" });
});

test("a user's and a group's layouts go with them", async () => {
  await home.save(grace, [item("a", "polls/open")]);
  await home.setDefault(actor, { group: "board" }, []);
  await database.db.prisma.user.delete({ where: { id: grace.userId } });
  await database.db.prisma.group.delete({ where: { key: "board" } });
  expect(await database.db.prisma.homeLayout.count()).toBe(0);
  expect(await database.db.prisma.homeDefault.count()).toBe(0);
});
