import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ExperimentInput } from "../../../contract/experiments.ts";
import type { FlagDefinition } from "../../../contract/flags.ts";
import { createListener, type Listener, silentLog, systemActor } from "../../core/index.ts";
import { createTestDatabase, type TestDatabase } from "../../core/testing/index.ts";
import { createFlags, type Flags } from "../../decisions/index.ts";
import { type Access, createAccess, type Identity } from "../../people/index.ts";
import { createTestRegistry, testModule } from "../../supply/installed/testing/create-test-registry.ts";
import { createExperiments, type Experiments } from "./index.ts";

let database: TestDatabase;
let listener: Listener;
let access: Access;
let flags: Flags;
let experiments: Experiments;
let people: Identity[];

const flagKey = "news.big";
const own: FlagDefinition = {
  state: "ENABLED",
  variants: { on: true, off: false },
  defaultVariant: "off",
  targeting: { if: [{ in: ["staff", { var: "groups" }] }, "on", null] },
};
const registry = createTestRegistry(
  testModule({
    name: "news",
    title: "News",
    flags: { big: { type: "boolean", default: false }, other: { type: "boolean", default: false } },
    goals: {
      read: { title: "read", kind: "conversion" },
      opened: { title: "opened", kind: "count" },
      spent: { title: "spent", kind: "value" },
    },
  }),
);

beforeAll(async () => {
  database = await createTestDatabase();
  listener = createListener(database.url, silentLog);
  access = await createAccess({ db: database.db, log: silentLog, listener });
  flags = await createFlags({ db: database.db, access, log: silentLog, listener, registry });
  await access.groups.create(systemActor, { name: "Staff" });
  const user = (i: number) => ({ name: `User ${i}`, email: `user${i}@example.org`, role: "member" as const });
  for (let i = 0; i < 120; i++)
    await access.users.invite(systemActor, { ...user(i), groups: i < 10 ? ["staff"] : [] });
  await access.directory.refresh();
  people = [...access.directory.identities()].toSorted((a, b) => b.groups.length - a.groups.length);
  await flags.setAccess(systemActor, "news", { mode: "everyone" });
  experiments = await createExperiments({
    ...{ db: database.db, access, flags, log: silentLog, listener },
    registry,
    writeEveryMs: 60_000,
  });
}, 60_000);
afterAll(async () => {
  await experiments?.close();
  await flags?.close();
  await access?.close();
  await listener?.close();
  await database?.close();
});
beforeEach(async () => {
  await database.db.pool.query("TRUNCATE graft.experiments CASCADE");
  await database.db.pool.query("TRUNCATE graft.flags, graft.flag_changes");
  await flags.refresh();
});

const input = (over: Partial<ExperimentInput> = {}): ExperimentInput => ({
  title: "Bigger letters",
  flagKey,
  variants: [
    { variant: "off", weight: 50 },
    { variant: "on", weight: 50 },
  ],
  goals: [{ module: "news", goal: "read" }],
  ...over,
});
const start = async (over?: Partial<ExperimentInput>) =>
  experiments.start(systemActor, (await experiments.create(systemActor, input(over))).id);
const given = (who: Identity) => flags.features.evaluate(flagKey, flags.features.contextOf(who))?.variant;
const use = (who: Identity, value = flags.features.moduleValues(who, "news").big) =>
  experiments.reportUse(who, "news", { flag: "big", value });
const reach = (who: Identity, report = {}) =>
  experiments.reportGoal(who, "news", { goal: "read", ...report });
const total = async (id: string) => {
  const { users, crossed, goals } = await experiments.results(id);
  return { users, crossed, reached: goals[0]?.variants.reduce((sum, v) => sum + v.mean * v.users, 0) };
};

describe("the flag", () => {
  it("is split while it runs, whatever its rules say, and as before when it stops", async () => {
    const before = flags.features.get(flagKey);
    const experiment = await start();
    const variants = people.map(given);
    expect(variants.filter((variant) => variant === "on").length).toBeGreaterThan(15);
    expect(variants.filter((variant) => variant === "off").length).toBeGreaterThan(15);
    expect(people.map(given)).toEqual(variants);
    const stopped = await experiments.stop(systemActor, experiment.id);
    expect(stopped.status).toBe("stopped");
    expect(flags.features.get(flagKey)).toEqual(before);
    const { items } = await flags.features.history({ key: flagKey });
    expect(items.map(({ summary }) => summary)).toEqual([
      "Stopped the experiment Bigger letters",
      "Started the experiment Bigger letters",
    ]);
  });

  it("gives those outside the audience or the share what its own rules give", async () => {
    await flags.features.save(systemActor, { [flagKey]: { definition: own } });
    const audience = [{ kind: "groups" as const, groups: ["staff"], not: true }];
    const { id } = await start({ audience, share: 50, variants: input().variants.toReversed() });
    expect(people.slice(0, 10).map(given)).toEqual(Array(10).fill("on"));
    const tunedFor = (await experiments.get(id)).tunedFor;
    expect(tunedFor).toBe(100);
    for (const who of people) use(who);
    const { users } = await total(id);
    expect(users).toBeGreaterThan(25);
    expect(users).toBeLessThan(85);
  });

  it("splits by seeds of its own: one experiment says nothing about another", async () => {
    await start();
    const first = people.map(given);
    await start({ flagKey: "news.other" });
    const second = people.map(
      (who) => flags.features.evaluate("news.other", flags.features.contextOf(who))?.variant,
    );
    const same = first.filter((variant, i) => variant === second[i]).length;
    expect(same).toBeGreaterThan(30);
    expect(same).toBeLessThan(90);
  });

  it("cannot be edited, removed or taken back while it runs, but switched off", async () => {
    await start();
    const definition = flags.features.get(flagKey)?.definition as FlagDefinition;
    const refused = (change: Promise<unknown>) =>
      expect(change).rejects.toMatchObject({
        code: "CONFLICT",
        message: expect.stringContaining("Bigger letters"),
      });
    await refused(flags.features.save(systemActor, { [flagKey]: { definition: own } }));
    await refused(flags.features.remove(systemActor, flagKey));
    const [change] = (await flags.features.history({ key: flagKey })).items;
    await refused(flags.features.undo(systemActor, change?.id ?? ""));
    await expect(start()).rejects.toMatchObject({ code: "CONFLICT" });
    await flags.features.save(systemActor, {
      [flagKey]: { definition: { ...definition, state: "DISABLED" } },
    });
    const [experiment] = (await experiments.list()).filter(({ status }) => status === "running");
    for (const who of people) use(who, true);
    expect((await total(experiment?.id ?? "")).users).toBe(0);
    await experiments.stop(systemActor, experiment?.id ?? "");
    expect(flags.features.get(flagKey)?.definition.state).toBe("DISABLED");
  });

  it("gives everyone the winner once it is rolled out, and that can be taken back", async () => {
    const { id } = await start({ audience: [{ kind: "groups", groups: ["staff"] }] });
    const preview = await experiments.previewRollOut(id, "on");
    expect(preview.gain).toBe(people.slice(0, 10).filter((who) => given(who) === "off").length);
    expect(preview.lose).toBe(0);
    const done = await experiments.rollOut(systemActor, id, "on");
    expect(done).toMatchObject({ status: "concluded", winner: "on" });
    expect(people.map(given)).toEqual(people.map((_, i) => (i < 10 ? "on" : "off")));
    expect(await experiments.undoRollOut(systemActor, id)).toMatchObject({ status: "stopped", winner: null });
    expect(flags.features.get(flagKey)?.changed).toBe(false);
    await experiments.rollOut(systemActor, id, "on");
    await flags.features.save(systemActor, { [flagKey]: { definition: { ...own, defaultVariant: "on" } } });
    await expect(experiments.undoRollOut(systemActor, id)).rejects.toMatchObject({ code: "CONFLICT" });
  });
});

describe("what counts", () => {
  it("one exposure a user, with the value that the experiment gives, and goals after it alone", async () => {
    const { id } = await start();
    const [ada, ben, eve] = people as [Identity, Identity, Identity];
    reach(ada);
    await experiments.flush();
    for (let i = 0; i < 3; i++) use(ada);
    use(ben, given(ben) !== "on");
    expect(await total(id)).toEqual({ users: 1, crossed: 0, reached: 0 });
    expect(reach(ada)).toEqual({ counted: true });
    reach(ada);
    reach(eve);
    expect(await total(id)).toEqual({ users: 1, crossed: 0, reached: 1 });
  });

  it("who used two variants counts for none, and is counted as such", async () => {
    const { id } = await start();
    const [ada] = people as [Identity];
    use(ada);
    reach(ada);
    await experiments.flush();
    // As if the user had been in the other variant on another host.
    const other = given(ada) === "on" ? "off" : "on";
    await database.db.pool.query("UPDATE graft.experiment_exposures SET variant = $1", [other]);
    const again = await createExperiments({
      ...{ db: database.db, access, flags, log: silentLog, listener, registry },
    });
    again.reportUse(ada, "news", { flag: "big", value: given(ada) === "on" });
    await again.close();
    expect(await total(id)).toEqual({ users: 0, crossed: 1, reached: 0 });
  });

  it("counts and values add up for each user, and a key counts once", async () => {
    const goals = ["opened", "spent"].map((name) => ({ module: "news", goal: name }));
    const { id } = await start({ goals });
    const [ada] = people as [Identity];
    use(ada);
    for (const key of ["a", "a", "b"]) reach(ada, { goal: "opened", key });
    for (const value of [2, 3.5]) reach(ada, { goal: "spent", value });
    const { goals: found } = await experiments.results(id);
    const means = found.map(({ variants }) => variants.find(({ users }) => users === 1)?.mean);
    expect(means).toEqual([2, 5.5]);
  });

  it("an effect is decided, whichever day one looks, and only then", async () => {
    const { id } = await start();
    expect((await experiments.results(id)).verdict).toEqual({ kind: "waiting", usersNeeded: 20 });
    // As many of each as are needed: whom chance gives which variant is not what is looked at here. That fewer than 20
    // of 120 get one of two even variants has a chance of 1e-14. They come in turns: whenever a look falls in between,
    // its counts differ by one at most, of which the ratio's p-value is 1 (sample-ratio.ts: n+1 to n is as likely as
    // n to n). Twenty of one before the first of the other would be an alarm.
    const [first, second] = ["on", "off"].map((variant) => people.filter((one) => given(one) === variant));
    for (let i = 0; i < 20; i++) for (const who of [first?.[i], second?.[i]]) use(who as Identity);
    expect((await experiments.results(id)).verdict).toEqual({ kind: "undecided" });
    for (const who of people) if (given(who) === "on") reach(who);
    const results = await experiments.results(id);
    expect(results.verdict).toEqual({ kind: "winner", variant: "on" });
    expect(results.ratio.alarm).toBe(false);
    const on = results.goals[0]?.variants.find(({ variant }) => variant === "on");
    expect(on).toMatchObject({ mean: 1, difference: 1, lift: null });
    expect(on?.low).toBeGreaterThan(0);
    expect(on?.pValue).toBeLessThan(0.05);
    expect(results.timeline.at(-1)?.variants).toEqual(results.goals[0]?.variants);
  });

  it("refuses what is not the module's or not the user's, and more than a person can do", async () => {
    await start();
    const [ada] = people as [Identity];
    const refused = (call: () => unknown, code: string) =>
      expect(call).toThrow(expect.objectContaining({ code }));
    refused(() => reach(ada, { goal: "nothing" }), "INVALID_INPUT");
    refused(() => reach(ada, { goal: "spent" }), "INVALID_INPUT");
    refused(() => experiments.reportUse(ada, "news", { flag: "nothing", value: 1 }), "INVALID_INPUT");
    refused(() => experiments.reportGoal(ada, "polls", { goal: "read" }), "FORBIDDEN");
    const eve = people.at(-1) as Identity;
    refused(() => {
      for (let i = 0; i < 130; i++) reach(eve);
    }, "RATE_LIMITED");
  });
});

it("says what is wrong with an experiment, field by field", async () => {
  const wrong = { title: " ", variants: [{ variant: "off", weight: 1 }], goals: [] };
  await expect(experiments.create(systemActor, input(wrong))).rejects.toMatchObject({
    code: "INVALID_INPUT",
    details: {
      fieldErrors: { title: expect.anything(), variants: expect.anything(), goals: expect.anything() },
    },
  });
  const unknown = { flagKey: "no", goals: [{ module: "news", goal: "no" }] };
  await expect(experiments.create(systemActor, input(unknown))).rejects.toMatchObject({
    details: { fieldErrors: { flagKey: expect.anything(), goals: expect.anything() } },
  });
});

it("a draft can be changed and deleted, a running one neither", async () => {
  const { id } = await experiments.create(systemActor, input());
  expect(await experiments.update(systemActor, id, input({ title: "Other" }))).toMatchObject({
    title: "Other",
  });
  await experiments.start(systemActor, id);
  await expect(experiments.update(systemActor, id, input())).rejects.toMatchObject({ code: "CONFLICT" });
  await expect(experiments.remove(systemActor, id)).rejects.toMatchObject({ code: "CONFLICT" });
  await experiments.stop(systemActor, id);
  await experiments.remove(systemActor, id);
  await expect(experiments.get(id)).rejects.toMatchObject({ code: "NOT_FOUND" });
});
