import { expect, test } from "vitest";
import { checkConfig } from "./check-config.ts";
import { maskedSecret, maskSecrets } from "./config-secrets.ts";

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
