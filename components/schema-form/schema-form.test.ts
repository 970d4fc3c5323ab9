import { expect, test } from "vitest";
import { toConfig, toDraft, toPatch } from "./draft.ts";
import { maskedSecret, readFields, readSchema } from "./read-schema.ts";

const schema = {
  type: "object",
  required: ["host"],
  properties: {
    host: { type: "string", title: "Server", description: "Where mail goes out.", minLength: 1 },
    apiKey: { type: "string", format: "secret" },
    limit: { type: "integer", minimum: 1, maximum: 20, default: 5 },
    ratio: { type: "number" },
    open: { type: "boolean", default: true },
    mode: { type: "string", enum: ["a", "b"] },
    level: { oneOf: [{ const: 1, title: "Low" }, { const: 2 }] },
    authors: { type: "array", items: { type: "string" } },
    days: { type: "array", items: { enum: ["mon", "tue"] } },
    from: { type: "string", format: "date-time" },
    smtp: {
      type: "object",
      properties: { port: { type: "integer" }, deep: { type: "object", properties: { x: {} } } },
    },
    rows: { type: "array", items: { type: "object" } },
  },
};
const fields = readSchema(schema);

test("each property has the control that fits it, in the schema's order", () => {
  expect(fields.map(({ key, kind }) => `${key}:${kind}`)).toEqual([
    "host:text",
    "apiKey:secret",
    "limit:number",
    "ratio:number",
    "open:switch",
    "mode:choice",
    "level:choice",
    "authors:list",
    "days:choices",
    "from:date-time",
    "smtp:group",
    "rows:json",
  ]);
  expect(fields[0]).toMatchObject({ label: "Server", hint: "Where mail goes out.", required: true });
  expect(fields[1]).toMatchObject({ label: "Api key", required: false });
  expect(fields[2]).toMatchObject({ min: 1, max: 20, step: 1 });
  expect(fields[6]).toMatchObject({
    options: [
      { value: 1, label: "Low" },
      { value: 2, label: "2" },
    ],
  });
  expect(fields[10]).toMatchObject({ fields: [{ kind: "number" }, { kind: "json" }] });
});

test("what was stored comes back unchanged, instants and values of other types included", () => {
  const config = {
    host: "mail",
    apiKey: maskedSecret,
    limit: 7,
    ratio: 0.5,
    open: false,
    mode: "b",
    level: 2,
    authors: ["staff"],
    days: ["tue"],
    from: "2026-05-31T09:30:00.000Z",
    smtp: { port: 25, deep: { x: 1 } },
    rows: [{ a: 1 }],
  };
  expect(toConfig(fields, toDraft(fields, config))).toEqual({ config, errors: {} });
});

test("an empty form sends the defaults and leaves out what was not filled in", () => {
  expect(toConfig(fields, toDraft(fields, {})).config).toEqual({
    limit: 5,
    open: true,
    authors: [],
    days: [],
  });
});

test("what is no number goes to the server as it was typed; what is no JSON is named here", () => {
  const draft = { ...toDraft(fields, {}), limit: "many", smtp: { port: "", deep: "{" }, authors: ["a", ""] };
  expect(toConfig(fields, draft)).toEqual({
    config: { limit: "many", open: true, authors: ["a"], days: [] },
    errors: { "smtp.deep": "This is not valid JSON." },
  });
});

test("a secret of any type has the control that keeps it, and is typed as what it is", () => {
  const secret = { writeOnly: true };
  const secrets = readSchema({
    properties: {
      word: { type: "string", ...secret },
      pin: { type: "integer", ...secret },
      mode: { enum: ["a", "b"], format: "secret" },
      account: { type: "object", properties: { password: { type: "string" } }, ...secret },
      words: { type: "array", items: { type: "string", ...secret } },
    },
  });
  expect(secrets.map(({ kind }) => kind)).toEqual(["secret", "secret", "secret", "secret", "list"]);
  expect(secrets[4]).toMatchObject({ secret: true });
  const kept = { word: maskedSecret, pin: maskedSecret, mode: maskedSecret, account: maskedSecret };
  expect(toConfig(secrets, toDraft(secrets, kept)).config).toEqual({ ...kept, words: [] });
  const typed = { word: "12", pin: "12", mode: "a", account: '{ "password": "p" }', words: [] };
  expect(toConfig(secrets, typed).config).toEqual({ ...typed, pin: 12, account: { password: "p" } });
  expect(toConfig(secrets, { ...typed, pin: "twelve" }).config).toMatchObject({ pin: "twelve" });
  expect(toConfig(secrets, { ...typed, account: "{" }).errors).toEqual({
    account: "This is not valid JSON.",
  });
  expect(toConfig(secrets, toDraft(secrets, {})).config).toEqual({ words: [] });
});

test("a schema that describes nothing has no fields", () => {
  expect(readSchema(undefined)).toEqual([]);
  expect(readSchema({ type: "object" })).toEqual([]);
});

test("what comes masked is a secret, whatever the schema says of it now", () => {
  const stored = {
    host: maskedSecret,
    limit: maskedSecret,
    smtp: { port: maskedSecret },
    authors: [maskedSecret],
  };
  const found = readFields(schema, stored);
  const kinds = Object.fromEntries(found.map((field) => [field.key, field]));
  expect(kinds).toMatchObject({
    host: { kind: "secret", typed: "text", label: "Server", required: true },
    limit: { kind: "secret", typed: "number" },
    authors: { kind: "list", secret: true },
    smtp: { kind: "group", fields: [{ key: "port", kind: "secret" }, { key: "deep" }] },
  });
  expect(toConfig(found, toDraft(found, stored)).config).toMatchObject(stored);
});

test("a patch has only what changed; null takes one out", () => {
  const before = { a: 1, b: [1], gone: true, smtp: { host: "h", port: 1 } };
  expect(toPatch(before, before)).toEqual({});
  expect(toPatch(before, { a: 2, b: [1], smtp: { port: 1 }, c: "x" })).toEqual({
    ...{ a: 2, gone: null, c: "x", smtp: { host: null } },
  });
});
