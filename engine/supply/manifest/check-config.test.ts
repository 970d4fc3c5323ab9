import { expect, test } from "vitest";
import { checkConfig as checkConfigOf } from "./check-config.ts";
import { keepSecrets, maskedSecret, maskSecrets } from "./config-secrets.ts";
import { hasSecrets } from "./secret-schema.ts";

const checkConfig = (
  schema: Record<string, unknown>,
  sent: Record<string, unknown>,
  previous: Record<string, unknown> = {},
) => checkConfigOf(schema, { sent, previous }, { module: "polls", file: "module.json" });

const schema = {
  type: "object",
  required: ["key"],
  additionalProperties: false,
  properties: {
    key: { type: "string", format: "secret", minLength: 4 },
    limit: { type: "integer", minimum: 1, maximum: 20 },
    day: { type: "string", format: "date" },
    smtp: {
      type: "object",
      properties: { host: { type: "string", minLength: 1 }, password: { type: "string", format: "secret" } },
    },
  },
};

test("a secret leaves masked, at the top and inside an object; one that is not set shows as such", () => {
  const stored = { key: "abcdef", limit: 3, smtp: { host: "mail", password: "p" } };
  expect(maskSecrets(schema, stored)).toEqual({
    key: maskedSecret,
    limit: 3,
    smtp: { host: "mail", password: maskedSecret },
  });
  expect(maskSecrets(schema, { key: "" })).toEqual({ key: "" });
});

test("a masked secret that comes back keeps its value, a new one replaces it, a missing one removes it", async () => {
  const stored = { key: "abcdef", smtp: { password: "p" } };
  const masked = { key: maskedSecret, smtp: { password: maskedSecret } };
  expect(await checkConfig(schema, masked, stored)).toEqual(stored);
  expect(await checkConfig(schema, { key: "ghijkl", smtp: {} }, stored)).toEqual({ key: "ghijkl", smtp: {} });
});

test("the mask is never taken for a secret", async () => {
  await expect(checkConfig(schema, { key: maskedSecret })).rejects.toThrow(/key: is missing/);
});

test("every wrong field is named with its problem, in words", async () => {
  const wrong = { key: "abc", limit: 1.5, day: "tomorrow", smtp: { host: "" }, other: 1 };
  await expect(checkConfig(schema, wrong)).rejects.toMatchObject({
    code: "INVALID_INPUT",
    details: {
      fieldErrors: {
        key: ["must have at least 4 characters"],
        limit: ["must be a whole number"],
        day: ["must be a date such as 2026-05-31"],
        "smtp.host": ["must not be empty"],
        other: ["is no setting of this module"],
      },
    },
  });
});

test("names that every object has are no settings", () => {
  expect(maskSecrets(schema, JSON.parse('{"__proto__":{"format":"secret"},"constructor":"x"}'))).toEqual({
    constructor: "x",
  });
});

const lists = {
  type: "object",
  $defs: {
    account: {
      type: "object",
      properties: {
        name: { type: "string" },
        host: { type: "string" },
        password: { type: "string", format: "secret" },
      },
    },
  },
  properties: {
    accounts: { type: "array", items: { $ref: "#/$defs/account" } },
    tokens: { type: "array", items: { type: "string", format: "secret" } },
    byTeam: {
      type: "object",
      additionalProperties: { anyOf: [{ type: "boolean" }, { $ref: "#/$defs/account" }] },
    },
  },
};
const a = { name: "a", host: "x", password: "pa" };
const b = { name: "b", host: "y", password: "pb" };
const masked = <T extends object>(entry: T) => ({ ...entry, password: maskedSecret });

test("a secret in a list, behind a reference, in a branch and under a free key leaves masked", () => {
  const stored = { accounts: [a, { host: "z" }], tokens: ["t1", ""], byTeam: { red: a, blue: true } };
  expect(maskSecrets(lists, stored)).toEqual({
    accounts: [masked(a), { host: "z" }],
    tokens: [maskedSecret, ""],
    byTeam: { red: masked(a), blue: true },
  });
});

test("what JSON Schema calls write-only is a secret: of any type, with all that is in it, and in a list", async () => {
  const schema = {
    type: "object",
    properties: {
      pin: { type: "integer", writeOnly: true },
      account: { type: "object", writeOnly: true, properties: { user: { type: "string" } } },
      tokens: { type: "array", items: { type: "string", writeOnly: true } },
      shown: { type: "string", writeOnly: false },
    },
  };
  const stored = { pin: 1234, account: { user: "u", password: "p" }, tokens: ["t"], shown: "s" };
  const masked = { pin: maskedSecret, account: maskedSecret, tokens: [maskedSecret], shown: "s" };
  expect(maskSecrets(schema, stored)).toEqual(masked);
  expect(await checkConfig(schema, masked, stored)).toEqual(stored);
  expect(await checkConfig(schema, { ...masked, pin: 5678 }, stored)).toEqual({ ...stored, pin: 5678 });
  await expect(checkConfig(schema, { pin: maskedSecret, shown: 1 })).rejects.toThrow(
    "shown: must be of type string",
  );
});

test.each([
  [{ properties: { a: { items: { type: "string", format: "secret" } } } }, true],
  [{ $defs: { a: { writeOnly: true } }, properties: { a: { $ref: "#/$defs/a" } } }, true],
  [{ properties: { a: { format: "date", writeOnly: false } } }, false],
  [undefined, false],
])("a schema is known to have secrets, or none: %j", (schema, expected) => {
  expect(hasSecrets(schema)).toBe(expected);
});

test("an entry of a list keeps its own secret by its name, in another order, changed, or after one was removed", async () => {
  const stored = { accounts: [a, b] };
  const send = async (...accounts: unknown[]) => (await checkConfig(lists, { accounts }, stored)).accounts;
  expect(await send(masked(a), masked(b))).toEqual([a, b]);
  expect(await send(masked(b), masked(a))).toEqual([b, a]);
  expect(await send(masked(b))).toEqual([b]);
  expect(await send({ name: "c", password: "pc" }, masked({ ...b, host: "new" }))).toEqual([
    { name: "c", password: "pc" },
    { ...b, host: "new" },
  ]);
});

test("an entry without a name keeps its secret while nothing else about it changed", async () => {
  const [x, y] = [
    { host: "x", password: "px" },
    { host: "y", password: "py" },
  ];
  const stored = { accounts: [x, y], tokens: ["t1", "t2"] };
  const send = (config: Record<string, unknown>) => checkConfig(lists, config, stored);
  expect(await send({ accounts: [masked(y), masked(x)] })).toEqual({ accounts: [y, x] });
  expect(await send({ tokens: [maskedSecret, maskedSecret, "t3"] })).toEqual({ tokens: ["t1", "t2", "t3"] });
});

test.each([
  ["renamed", { accounts: [masked({ ...a, name: "c" }), masked(b)] }, "accounts.0.password"],
  ["copied", { accounts: [masked(a), masked(a), masked(b)] }, "accounts.0.password"],
  ["one of several that look alike", { tokens: [maskedSecret] }, "tokens.0"],
  ["new", { byTeam: {}, accounts: [masked(a), masked({ host: "n" })] }, "accounts.1.password"],
])("a masked entry that is %s is refused: it would get the secret of another", async (_, sent, field) => {
  const stored = { accounts: [a, b], tokens: ["t1", "t2"] };
  await expect(checkConfig(lists, sent, stored)).rejects.toMatchObject({
    code: "INVALID_INPUT",
    details: { fieldErrors: { [field]: [expect.stringContaining("type it again")] } },
  });
});

test.each([
  [
    "a pattern that backtracks",
    { key: { type: "string", pattern: "^(\\w+\\s?)+$" } },
    { key: `${"a".repeat(40)}!` },
  ],
  [
    "the name of a property",
    {},
    { [`${"a".repeat(40)}!`]: 1 },
    { patternProperties: { "^(\\w+\\s?)+$": {} } },
  ],
])("%s is ended, and names module, file and budget", async (_, properties, sent, rest: object = {}) => {
  await expect(checkConfig({ type: "object", properties, ...rest }, sent)).rejects.toMatchObject({
    code: "TEXT_OVER_BUDGET",
    details: { module: "polls", file: "module.json", excess: "time", budget: { timeMs: 1000 } },
  });
});

test("a schema that Graft does not take is not evaluated, whoever stored it", async () => {
  const schema = { type: "object", $async: true, properties: { a: { type: "string" } } };
  await expect(checkConfig(schema, { a: 1 })).rejects.toMatchObject({
    code: "MANIFEST_INVALID",
    message: expect.stringContaining("$async"),
  });
});

test("whether a value is a secret is asked without running a pattern, and in steps that the schema's size bounds", () => {
  const schema = { patternProperties: { "^(\\w+\\s?)+$": { format: "secret" } } };
  const key = `${"a".repeat(60)}!`;
  expect(maskSecrets(schema, { [key]: "p" })).toEqual({ [key]: maskedSecret });
  const twice = { allOf: [{ $ref: "#/$defs/a" }, { $ref: "#/$defs/b" }] };
  const doubling = { ...twice, $defs: { a: { properties: { k: twice } }, b: { properties: { k: twice } } } };
  let deep: Record<string, unknown> = {};
  for (let i = 0; i < 60; i++) deep = { k: deep };
  expect(maskSecrets(doubling, deep)).toEqual(deep);
});

test("an ordinary check costs a few milliseconds", async () => {
  await checkConfig(schema, { key: "abcdef" });
  const began = performance.now();
  for (let i = 0; i < 50; i++) await checkConfig(schema, { key: "abcdef", limit: 3 });
  expect((performance.now() - began) / 50).toBeLessThan(20);
});

test.each([
  ["with a name each", (i: number) => ({ name: `n${i}`, password: "p" })],
  ["that all look alike", () => ({ host: "h", password: "p" })],
  ["without a name", (i: number) => ({ host: `h${i}`, password: "p" })],
])("a list of thousands of entries %s keeps its secrets without holding anybody", (_what, entry) => {
  const stored = { accounts: Array.from({ length: 5000 }, (_, i) => entry(i)) };
  const began = performance.now();
  expect(keepSecrets(lists, maskSecrets(lists, stored), stored)).toEqual({ config: stored, lost: [] });
  expect(performance.now() - began).toBeLessThan(5000);
});
