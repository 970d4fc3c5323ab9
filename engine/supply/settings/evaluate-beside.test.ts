import { expect, test } from "vitest";
import { evaluateBeside } from "./evaluate-beside.ts";

const check = (schema: Record<string, unknown>, values: Record<string, unknown>, module = "m") =>
  evaluateBeside(module, { kind: "check", schema: { type: "object", ...schema }, values, secrets: [] });

const key = "a".repeat(34);
const nested = (depth: number): unknown =>
  depth === 0 ? {} : { allOf: [nested(depth - 1), nested(depth - 1)] };
const invalid = "MANIFEST_INVALID";
const overBudget = "TEXT_OVER_BUDGET";

test.each([
  ["is no regular expression", { patternProperties: { "(": {} } }, invalid, "Invalid regular expression"],
  ["never ends in a key", { patternProperties: { "^(a+)+b$": {} } }, overBudget, "takes more than 1 s"],
  [
    "never ends in a value",
    { properties: { [key]: { pattern: "^(x+)+y$" } } },
    overBudget,
    "takes more than 1 s",
  ],
  ["is no schema", { properties: { a: { type: "nothing" } } }, invalid, "schema is invalid"],
  ["is endless to compile", { allOf: [nested(16)] }, overBudget, "takes more than 1 s"],
])("a schema that %s is refused by name, and the next one is evaluated", async (_, schema, code, message) => {
  await expect(check(schema, { [key]: "x".repeat(34) })).rejects.toMatchObject({
    ...{ code, message: expect.stringContaining(message) },
  });
  expect((await check({ properties: { a: { type: "integer" } } }, { a: "x" })).problems).toMatchObject([
    { path: ["a"], words: "must be a whole number" },
  ]);
});

test("a schema that says it is asynchronous is evaluated like any other", async () => {
  const schema = { $async: true, properties: { a: { type: "string" } }, additionalProperties: false };
  expect((await check(schema, { a: 1, b: true })).problems).toHaveLength(2);
});

test("several at a time are evaluated beside each other, and none of them blocks the host", async () => {
  let ticks = 0;
  const timer = setInterval(() => ticks++, 10);
  const slow = { patternProperties: { "^(a+)+b$": {} } };
  const outcomes = await Promise.allSettled([
    check(slow, { [key]: 1 }, "one"),
    check({}, {}, "two"),
    check(slow, { [key]: 1 }, "one"),
  ]);
  clearInterval(timer);
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "rejected"]);
  expect(ticks).toBeGreaterThan(10);
});
