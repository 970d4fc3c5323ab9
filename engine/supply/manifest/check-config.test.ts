import { expect, test } from "vitest";
import { checkConfig } from "./check-config.ts";
import { maskedSecret, maskSecrets } from "./config-secrets.ts";
import { hasSecrets } from "./secret-schema.ts";

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

test("a masked secret that comes back keeps its value, a new one replaces it, a missing one removes it", () => {
  const stored = { key: "abcdef", smtp: { password: "p" } };
  expect(checkConfig(schema, { key: maskedSecret, smtp: { password: maskedSecret } }, stored)).toEqual(
    stored,
  );
  expect(checkConfig(schema, { key: "ghijkl", smtp: {} }, stored)).toEqual({ key: "ghijkl", smtp: {} });
});

test("the mask is never taken for a secret", () => {
  expect(() => checkConfig(schema, { key: maskedSecret })).toThrow(/key: is missing/);
});

test("every wrong field is named with its problem, in words", () => {
  const wrong = { key: "abc", limit: 1.5, day: "tomorrow", smtp: { host: "" }, other: 1 };
  let error: unknown;
  try {
    checkConfig(schema, wrong);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toMatchObject({
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

test("what JSON Schema calls write-only is a secret: of any type, with all that is in it, and in a list", () => {
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
  expect(checkConfig(schema, masked, stored)).toEqual(stored);
  expect(checkConfig(schema, { ...masked, pin: 5678 }, stored)).toEqual({ ...stored, pin: 5678 });
  expect(() => checkConfig(schema, { pin: maskedSecret, shown: 1 })).toThrow("shown: must be of type string");
});

test.each([
  [{ properties: { a: { items: { type: "string", format: "secret" } } } }, true],
  [{ $defs: { a: { writeOnly: true } }, properties: { a: { $ref: "#/$defs/a" } } }, true],
  [{ properties: { a: { format: "date", writeOnly: false } } }, false],
  [undefined, false],
])("a schema is known to have secrets, or none: %j", (schema, expected) => {
  expect(hasSecrets(schema)).toBe(expected);
});

test("an entry of a list keeps its own secret by its name, in another order, changed, or after one was removed", () => {
  const stored = { accounts: [a, b] };
  const send = (...accounts: unknown[]) => checkConfig(lists, { accounts }, stored).accounts;
  expect(send(masked(a), masked(b))).toEqual([a, b]);
  expect(send(masked(b), masked(a))).toEqual([b, a]);
  expect(send(masked(b))).toEqual([b]);
  expect(send({ name: "c", password: "pc" }, masked({ ...b, host: "new" }))).toEqual([
    { name: "c", password: "pc" },
    { ...b, host: "new" },
  ]);
});

test("an entry without a name keeps its secret while nothing else about it changed", () => {
  const [x, y] = [
    { host: "x", password: "px" },
    { host: "y", password: "py" },
  ];
  const stored = { accounts: [x, y], tokens: ["t1", "t2"] };
  const send = (config: Record<string, unknown>) => checkConfig(lists, config, stored);
  expect(send({ accounts: [masked(y), masked(x)] })).toEqual({ accounts: [y, x] });
  expect(send({ tokens: [maskedSecret, maskedSecret, "t3"] })).toEqual({ tokens: ["t1", "t2", "t3"] });
});

test.each([
  ["renamed", { accounts: [masked({ ...a, name: "c" }), masked(b)] }, "accounts.0.password"],
  ["copied", { accounts: [masked(a), masked(a), masked(b)] }, "accounts.0.password"],
  ["one of several that look alike", { tokens: [maskedSecret] }, "tokens.0"],
  ["new", { byTeam: {}, accounts: [masked(a), masked({ host: "n" })] }, "accounts.1.password"],
])("a masked entry that is %s is refused: it would get the secret of another", (_, sent, field) => {
  let error: unknown;
  try {
    checkConfig(lists, sent, { accounts: [a, b], tokens: ["t1", "t2"] });
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toMatchObject({
    code: "INVALID_INPUT",
    details: { fieldErrors: { [field]: [expect.stringContaining("type it again")] } },
  });
});
