import { describe, expect, test } from "vitest";
import { maskedSecret } from "../manifest/index.ts";
import { noSettings } from "./create-settings.ts";
import { shownConfig } from "./shown-config.ts";
import { createTestSettings } from "./testing/create-test-settings.ts";
import type { StoredSettings } from "./types.ts";

const { replace, carry, open } = createTestSettings();
const object = (properties: Record<string, unknown>, rest = {}) => ({ type: "object", properties, ...rest });
const strict = { additionalProperties: false };
const secret = { type: "string", format: "secret" };
const text = { type: "string" };

const before = object({ token: secret, port: text, name: text, debug: { type: "boolean" } }, strict);
const set = (config: Record<string, unknown>, schema = before) =>
  replace({ module: "m", schema }, config, noSettings);
const upgrade = (stored: StoredSettings, schema: Record<string, unknown> | undefined, rest = {}) =>
  carry({ module: "m", before, stored, schema, ...rest });

describe("a secret", () => {
  test("is nowhere in what is stored, and equal to itself when nothing changes", async () => {
    const stored = await set({ token: "hunter2", name: "n" });
    expect(JSON.stringify(stored)).not.toContain("hunter2");
    expect(open(stored)).toEqual({ token: "hunter2", name: "n" });
    expect(
      await replace({ module: "m", schema: before }, { token: maskedSecret, name: "n" }, stored),
    ).toEqual(stored);
    expect(await replace({ module: "m", schema: before }, { token: "hunter2", name: "n" }, stored)).toEqual(
      stored,
    );
  });

  test("stays masked and sealed when a later schema says that it is none, also with a new value", async () => {
    const later = object({ token: text, name: text });
    const { stored, shown } = await upgrade(await set({ token: "hunter2", name: "n" }), later);
    expect(shown).toEqual({ token: maskedSecret, name: "n" });
    const saved = await replace({ module: "m", schema: later }, { token: "hunter3" }, stored);
    expect(JSON.stringify(saved)).not.toContain("hunter");
    expect(open(saved)).toEqual({ token: "hunter3" });
    expect(shownConfig({ schema: later, config: saved.config })).toEqual({ token: maskedSecret });
  });

  test("of a setting that is removed stays sealed aside, and comes back with a version that has it", async () => {
    const gone = object({ name: text }, strict);
    const left = await upgrade(await set({ token: "hunter2", name: "n" }), gone);
    expect(left.shown).toEqual({ name: "n" });
    expect(JSON.stringify(left)).not.toContain("hunter2");
    expect(left.changes).toEqual([
      { key: "token", change: "removed", from: maskedSecret, to: null, reason: null },
    ]);
    const back = await upgrade(left.stored, before, { before: gone });
    expect(open(back.stored)).toEqual({ token: "hunter2", name: "n" });
    expect(back.changes).toMatchObject([{ key: "token", change: "restored", to: maskedSecret }]);
    expect(back.stored.aside).toEqual({});
  });

  test("that was sealed by another host's secret is asked for again, and can be typed again", async () => {
    const other = createTestSettings(undefined, "o");
    const stored = await other.replace(
      { module: "m", schema: before },
      { token: "hunter2", name: "n" },
      noSettings,
    );
    expect((await upgrade(stored, before)).missing).toMatchObject([{ key: "token" }]);
    await expect(
      replace({ module: "m", schema: before }, { token: maskedSecret }, stored),
    ).rejects.toMatchObject({
      details: { fieldErrors: { token: [expect.stringContaining("type it again")] } },
    });
    expect(open(await replace({ module: "m", schema: before }, { token: "new" }, stored))).toEqual({
      token: "new",
    });
  });

  test("cannot be forged by who sends settings", async () => {
    const forged = { $sealed: "x", mark: "y" };
    await expect(set({ name: forged })).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });

  test("of one module opens in no other", async () => {
    const { config } = await set({ token: "hunter2" });
    const moved = { config, secrets: ["/token"], aside: {} };
    expect((await carry({ module: "other", schema: before, before, stored: moved })).missing).toHaveLength(1);
  });
});

describe("when another version takes over", () => {
  test("a value of another type is converted where that loses nothing, and said", async () => {
    const later = object({ port: { type: "integer", default: 80 } });
    const { stored, changes } = await upgrade(await set({ port: "8080" }), later);
    expect(stored.config).toEqual({ port: 8080 });
    expect(changes).toEqual([
      { key: "port", change: "converted", from: "8080", to: 8080, reason: "must be a whole number" },
    ]);
  });

  test.each([
    ["of another type", { type: "integer", default: 80 }, "must be a whole number", 80],
    ["outside the choices", { enum: ["a", "b"], default: "a" }, "must be one of a, b", "a"],
    [
      "too short, without a default",
      { type: "string", minLength: 9 },
      "must have at least 9 characters",
      null,
    ],
  ])("a value that is %s gives way to the default, and is kept aside", async (_, port, reason, to) => {
    const { stored, changes, missing } = await upgrade(await set({ port: "http" }), object({ port }));
    expect(stored).toMatchObject({ config: {}, aside: { port: "http" } });
    expect(changes).toEqual([{ key: "port", change: "reset", from: "http", to, reason }]);
    expect(missing).toEqual([]);
  });

  test("what was dropped from the schema is left aside, also where the schema lets anything pass", async () => {
    const stored = await set({ debug: true, name: "n" });
    for (const rest of [strict, {}])
      expect((await upgrade(stored, object({ name: text }, rest))).stored).toMatchObject({
        config: { name: "n" },
        aside: { debug: true },
      });
  });

  test("what an open schema never named stays", async () => {
    const open = { type: "object" };
    const stored = await replace({ module: "m", schema: open }, { free: 1 }, noSettings);
    expect((await carry({ module: "m", before: open, schema: open, stored })).stored).toEqual(stored);
  });

  test("a version without settings gets none, and the next one that has some gets them back", async () => {
    const none = await upgrade(await set({ name: "n" }), undefined);
    expect(none.stored.config).toEqual({});
    expect(none.changes).toMatchObject([{ key: "name", change: "removed" }]);
    expect(
      (await carry({ module: "m", before: null, schema: before, stored: none.stored })).stored.config,
    ).toEqual({
      name: "n",
    });
  });

  test("what is required and has neither value nor default is missing; given, it is stored; wrong, it is refused", async () => {
    const level = { enum: ["info", "debug"] };
    const later = object({ name: text, level }, { required: ["name", "level"], ...strict });
    const stored = await set({ name: "n", debug: true });
    expect((await upgrade(stored, later)).missing).toEqual([{ key: "level", problem: "is missing" }]);
    const given = await upgrade(stored, later, { given: { level: "info" } });
    expect(given).toMatchObject({ missing: [], stored: { config: { name: "n", level: "info" } } });
    await expect(upgrade(stored, later, { given: { level: "loud" } })).rejects.toMatchObject({
      details: { fieldErrors: { level: ["must be one of info, debug"] } },
    });
    const withDefault = object({ name: text, level: { ...level, default: "info" } }, { required: ["level"] });
    const filled = await upgrade(stored, withDefault);
    expect(filled).toMatchObject({ missing: [], shown: { name: "n", level: "info" } });
    expect(filled.changes).toContainEqual({
      key: "level",
      change: "added",
      from: null,
      to: "info",
      reason: null,
    });
  });

  test("what is given takes the place of a value that does not fit, and null takes one out", async () => {
    const later = object({ port: { type: "integer" }, name: text });
    const { stored, changes } = await upgrade(await set({ port: "http", name: "n" }), later, {
      given: { port: 443, name: null },
    });
    expect(stored.config).toEqual({ port: 443 });
    expect(changes).toEqual([]);
  });

  test("a list that holds what is not accepted is left aside as a whole", async () => {
    const list = (items: unknown) => object({ ports: { type: "array", items } });
    const stored = await set({ ports: [1, 2, "x"] }, list({}));
    const { changes } = await carry({
      module: "m",
      before: list({}),
      schema: list({ type: "integer" }),
      stored,
    });
    expect(changes).toMatchObject([{ key: "ports", change: "reset", from: [1, 2, "x"] }]);
  });
});

describe("the module's own migration", () => {
  const migration = { module: "m", source: "", from: "1.0.0", to: "2.0.0" };
  const later = object({ url: text, title: text }, strict);
  const rename = createTestSettings(async (_, { token, name }) => ({
    url: `https://x:${token}@h`,
    title: name,
  }));

  test("renames, is said, and a secret stays one wherever it goes", async () => {
    const stored = await set({ token: "hunter2", name: "n" });
    const { changes, ...carried } = await rename.carry({
      module: "m",
      before,
      schema: later,
      stored,
      migration,
    });
    expect(open(carried.stored)).toEqual({ url: "https://x:hunter2@h", title: "n" });
    expect(carried.shown).toEqual({ url: maskedSecret, title: "n" });
    expect(JSON.stringify([changes, carried])).not.toContain("hunter2");
    expect(changes).toContainEqual({ key: "title", change: "migrated", from: null, to: "n", reason: null });
    expect(
      (await carry({ module: "m", before: later, schema: before, stored: carried.stored })).changes,
    ).toContainEqual({
      ...{ key: "name", change: "restored", from: null, to: "n", reason: null },
    });
  });

  test("of what is not set has nothing to do", async () => {
    const carried = await carry({ module: "m", before, schema: later, stored: noSettings, migration });
    expect(carried.stored.config).toEqual({});
  });
});

test("an upgrade with nothing set forgets no secret that ever was", async () => {
  const none = { config: {}, secrets: ["/token"], aside: {} };
  expect((await upgrade(none, object({ token: text }))).stored).toEqual(none);
});

describe("what is not the value of one setting", () => {
  test("a secret inside an object that is removed is masked in the plan, and sealed aside", async () => {
    const smtp = object({ host: text, password: secret });
    const first = object({ smtp, name: text });
    const stored = await set({ smtp: { host: "h", password: "hunter2" }, name: "n" }, first);
    const carried = await carry({ module: "m", before: first, schema: object({ name: text }), stored });
    expect(carried.changes).toEqual([
      { key: "smtp", change: "removed", from: maskedSecret, to: null, reason: null },
    ]);
    expect(JSON.stringify(carried)).not.toContain("hunter2");
    const back = await carry({ module: "m", before: null, schema: first, stored: carried.stored });
    expect(open(back.stored)).toEqual({ smtp: { host: "h", password: "hunter2" }, name: "n" });
  });

  test("a value that becomes a secret is sealed from then on", async () => {
    const stored = await set({ name: "a-plain-token" });
    const carried = await upgrade(stored, object({ name: secret }));
    expect(carried.shown).toEqual({ name: maskedSecret });
    expect(JSON.stringify(carried)).not.toContain("a-plain-token");
  });

  test("one of several that are required is asked for, and either will do", async () => {
    const either = object({ a: text, b: text }, { anyOf: [{ required: ["a"] }, { required: ["b"] }] });
    const stored = await set({});
    expect((await upgrade(stored, either)).missing.map(({ key }) => key)).toEqual(["a", "b", ""]);
    expect((await upgrade(stored, either, { given: { b: "x" } })).missing).toEqual([]);
  });

  test("what only contradicts as a whole is refused rather than guessed at", async () => {
    const few = { ...object({ name: text, port: text }), maxProperties: 1 };
    const { missing, stored } = await upgrade(await set({ name: "n", port: "1" }), few);
    expect(missing).toMatchObject([{ key: "" }]);
    expect(stored.config).toEqual({ name: "n", port: "1" });
  });
});
