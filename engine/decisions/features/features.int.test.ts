import { afterAll, beforeEach, expect, test, vi } from "vitest";
import type { FlagDefinition } from "../../../contract/flags.ts";
import { createListener, silentLog } from "../../core/index.ts";
import { createTestDatabase } from "../../core/testing/index.ts";
import type { Identity } from "../../people/index.ts";
import { createTestRegistry, testModule } from "../../supply/installed/testing/create-test-registry.ts";
import { createFlags } from "../index.ts";
import { createFlagsFixture } from "../testing/create-flags-fixture.ts";

const { database, access, flags, registry, actor, invite, openHost, close } = await createFlagsFixture();
await access.groups.create(actor, { name: "Staff" });
const ids: Record<string, string> = { Ada: await invite("Ada", ["staff"]), Bob: await invite("Bob") };
afterAll(close);

const news = testModule({
  name: "news",
  flags: {
    beta: { type: "boolean", default: false, description: "The new editor" },
    tone: { type: "string", default: "calm", variants: { calm: "calm", loud: "loud" } },
    limit: { type: "number", default: 10 },
  },
});

beforeEach(async () => {
  await database.db.pool.query("TRUNCATE graft.flags, graft.flag_changes, graft.flag_evaluators");
  await flags.refresh();
  registry.install(news);
});

const who = (name: string) => access.directory.identity(ids[name] ?? "") as Identity;
const valueFor = (name: string, key = "news.beta", by = flags) =>
  by.features.evaluate(key, by.features.contextOf(who(name)))?.value;
const forStaff: FlagDefinition = {
  state: "ENABLED",
  variants: { on: true, off: false },
  defaultVariant: "off",
  targeting: { if: [{ in: ["staff", { var: "groups" }] }, "on", null] },
};

test("what a module declares is there with its defaults and can be changed and put back", async () => {
  expect(flags.features.list().map(({ key, type, changed }) => [key, type, changed])).toEqual([
    ["news.beta", "boolean", false],
    ["news.limit", "number", false],
    ["news.tone", "string", false],
  ]);
  expect(flags.features.moduleValues(who("Ada"), "news")).toEqual({ beta: false, tone: "calm", limit: 10 });
  await flags.features.save(actor, { "news.beta": { definition: forStaff } });
  expect(flags.features.get("news.beta")).toMatchObject({ module: "news", changed: true, updatedBy: "Root" });
  expect([valueFor("Ada"), valueFor("Bob")]).toEqual([true, false]);
  await flags.features.remove(actor, "news.beta");
  expect(valueFor("Ada")).toBe(false);
  expect(flags.features.get("news.beta")).toMatchObject({ changed: false });
});

test("a flag switched off gives a module the value in its code", async () => {
  const off: FlagDefinition = { ...forStaff, state: "DISABLED", defaultVariant: "on" };
  await flags.features.save(actor, { "news.beta": { definition: off } });
  expect(flags.features.moduleValues(who("Ada"), "news").beta).toBe(false);
  expect(flags.features.evaluate("news.beta", {})).toMatchObject({ reason: "DISABLED" });
});

test("of several flags all are written or none, and every wrong thing is named", async () => {
  const wrong: FlagDefinition = {
    ...forStaff,
    defaultVariant: "gone",
    targeting: { if: [{ nope: [] }, "blue", null] },
  };
  const saving = flags.features.save(actor, { fine: { definition: forStaff }, wrong: { definition: wrong } });
  await expect(saving).rejects.toMatchObject({ code: "INVALID_INPUT" });
  const { details } = await saving.catch((error) => error);
  expect(details.fieldErrors.wrong).toHaveLength(3);
  expect(flags.features.get("fine")).toBeNull();
  const otherType: FlagDefinition = { state: "ENABLED", variants: { a: "x" }, defaultVariant: "a" };
  await expect(flags.features.save(actor, { "news.beta": { definition: otherType } })).rejects.toMatchObject({
    code: "INVALID_INPUT",
  });
});

test("every change is in the history and the audit, and can be taken back, the taking back too", async () => {
  await flags.features.save(actor, { beta: { definition: forStaff } });
  await flags.features.save(actor, { beta: { definition: { ...forStaff, state: "DISABLED" } } });
  const [off, made] = (await flags.features.history({ key: "beta" })).items;
  expect([off?.summary, made?.summary]).toEqual(["Switched beta off", "Made beta"]);
  await flags.features.undo(actor, off?.id ?? "");
  expect(valueFor("Ada", "beta")).toBe(true);
  const [undone] = (await flags.features.history({ key: "beta" })).items;
  await flags.features.undo(actor, undone?.id ?? "");
  expect(flags.features.get("beta")?.definition.state).toBe("DISABLED");
  await flags.features.undo(actor, made?.id ?? "");
  expect(flags.features.get("beta")).toBeNull();
  const audited = (await access.audit.list({ target: "beta" })).items;
  expect(audited.map(({ action }) => action)).toEqual([
    "flag.remove",
    ...["flag.save", "flag.save", "flag.save", "flag.save"],
  ]);
});

test("saving what already stands is no change", async () => {
  await flags.features.save(actor, { beta: { definition: forStaff } });
  await flags.features.save(actor, { beta: { definition: forStaff } });
  expect((await flags.features.history({ key: "beta" })).items).toHaveLength(1);
});

test("another host evaluates by the new definition long before it would poll", async () => {
  const other = await openHost();
  await flags.features.save(actor, { beta: { definition: forStaff } });
  await vi.waitFor(() => expect(valueFor("Ada", "beta", other)).toBe(true), { timeout: 3000, interval: 1 });
  await other.close();
});

test("with the database gone the last state serves on", async () => {
  const gone = await createTestDatabase();
  const goneListener = createListener(gone.url, silentLog);
  const elsewhere = await createFlags({
    ...{ db: gone.db, access, log: silentLog, listener: goneListener },
    registry: createTestRegistry(),
  });
  await elsewhere.features.save(actor, { beta: { definition: forStaff } });
  await goneListener.close();
  await gone.close();
  await expect(elsewhere.refresh()).rejects.toThrow();
  expect(valueFor("Ada", "beta", elsewhere)).toBe(true);
  await elsewhere.close();
});

test("a preview names who would gain and lose, and writes nothing", async () => {
  await flags.features.save(actor, { beta: { definition: forStaff } });
  const forBob: FlagDefinition = {
    ...forStaff,
    targeting: { if: [{ in: [{ var: "targetingKey" }, [ids.Bob ?? ""]] }, "on", null] },
  };
  const preview = flags.features.preview("beta", forBob);
  expect(preview).toMatchObject({ users: 3, gain: 1, lose: 1, changed: { count: 2 } });
  expect(preview.changed.users.map(({ name, before, after }) => [name, before, after])).toEqual([
    ["Ada", "on", "off"],
    ["Bob", "off", "on"],
  ]);
  expect(valueFor("Bob", "beta")).toBe(false);
  expect(flags.features.preview("beta", null)).toMatchObject({ gain: 0, lose: 1 });
});

test("an explanation names the rule and what would change the answer", async () => {
  await flags.features.save(actor, { beta: { definition: forStaff } });
  const ada = flags.features.explain("beta", who("Ada"));
  expect(ada.text).toBe("Ada gets on: rule 1 matches (in staff).");
  expect(ada.changes).toEqual(["off, without rule 1."]);
  const bob = flags.features.explain("beta", who("Bob"));
  expect(bob.text).toBe("Bob gets off: no rule matches.");
  expect(bob.rules[0]?.conditions).toEqual([{ text: "in staff", met: false }]);
  expect(bob.changes).toEqual(["on, if rule 1 matched: in staff."]);
});

test("a shared part serves every flag that names it, and cannot go while one does", async () => {
  const definition: FlagDefinition = { ...forStaff, targeting: { if: [{ $ref: "team" }, "on", null] } };
  await expect(flags.features.save(actor, { beta: { definition } })).rejects.toMatchObject({
    code: "INVALID_INPUT",
  });
  const team = { in: ["staff", { var: "groups" }] };
  await flags.features.save(actor, { beta: { definition } }, { evaluators: { team } });
  expect([valueFor("Ada", "beta"), valueFor("Bob", "beta")]).toEqual([true, false]);
  await expect(flags.features.save(actor, {}, { evaluators: { team: null } })).rejects.toMatchObject({
    code: "INVALID_INPUT",
  });
});

test("the entity tag of all answers changes with an answer and with nothing else", async () => {
  await flags.features.save(actor, { beta: { definition: forStaff } });
  const bulk = (name: string) => flags.features.evaluateBulk(flags.features.contextOf(who(name)));
  expect(bulk("Ada").etag).not.toBe(bulk("Bob").etag);
  const before = bulk("Bob");
  await flags.features.save(actor, { beta: { definition: forStaff, description: "The editor" } });
  expect(bulk("Bob")).toEqual(before);
  expect(JSON.parse(before.body).flags).toContainEqual({
    key: "beta",
    value: false,
    variant: "off",
    reason: "DEFAULT",
  });
});
