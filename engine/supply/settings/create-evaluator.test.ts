import { afterAll, expect, test } from "vitest";
import { createEvaluator } from "./create-evaluator.ts";

const evaluator = createEvaluator();
afterAll(() => evaluator.close());
const check = (schema: Record<string, unknown>, values: Record<string, unknown>) =>
  evaluator.evaluate({ kind: "check", schema: { type: "object", ...schema }, values, secrets: [] });

const key = "a".repeat(34);
const nested = (depth: number): unknown =>
  depth === 0 ? {} : { allOf: [nested(depth - 1), nested(depth - 1)] };

test.each([
  ["is no regular expression", { patternProperties: { "(": {} } }, "Invalid regular expression"],
  ["never ends in a key", { patternProperties: { "^(a+)+b$": {} } }, "longer than 2 s"],
  ["never ends in a value", { properties: { [key]: { pattern: "^(x+)+y$" } } }, "longer than 2 s"],
  ["is no schema", { properties: { a: { type: "nothing" } } }, "schema is invalid"],
  ["is endless to compile", { allOf: [nested(16)] }, "longer than 2 s"],
])("a schema that %s is refused by name, and the next one is evaluated", async (_, schema, reason) => {
  await expect(check(schema, { [key]: "x".repeat(34) })).rejects.toMatchObject({
    code: "MANIFEST_INVALID",
    message: expect.stringContaining(reason),
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
    check(slow, { [key]: 1 }),
    check({}, {}),
    check(slow, { [key]: 1 }),
  ]);
  clearInterval(timer);
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "rejected"]);
  expect(ticks).toBeGreaterThan(10);
});
