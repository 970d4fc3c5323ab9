import { FlagdCore } from "@openfeature/flagd-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FlagDefinition } from "../../../contract/flags.ts";
import type { FlagContext } from "../types.ts";
import { compileFlag } from "./compile-flag.ts";

const quiet = { error() {}, warn() {}, info() {}, debug() {} };

function byFlagd(definition: FlagDefinition, contexts: FlagContext[]) {
  const core = new FlagdCore(undefined, quiet);
  core.setConfigurations(JSON.stringify({ flags: { "news.beta": definition } }));
  return contexts.map((context) => {
    const flag = core.getFlag("news.beta");
    if (flag === undefined) throw new Error("flagd did not take the definition");
    const { value, variant, reason, errorCode } = flag.evaluate(context as never, quiet) as {
      value?: unknown;
      variant?: string;
      reason: string;
      errorCode?: string;
    };
    return { value, variant: value === undefined ? undefined : variant, reason, errorCode };
  });
}

function byGraft(definition: FlagDefinition, contexts: FlagContext[]) {
  const { evaluate } = compileFlag("news.beta", definition);
  return contexts.map((context) => {
    const { value, variant, reason, errorCode } = evaluate(context).evaluation;
    return { value, variant, reason, errorCode };
  });
}

const variantNames = ["on", "off", "blue", "1", "true"];
const scalar = fc.oneof(
  fc.constantFrom("staff", "sales", "ada@example.org", "on", "1.2.3", "2.0", "10", "", "a.b", "ü🚀x"),
  fc.integer({ min: -3, max: 2_000_000_000 }),
  fc.boolean(),
  fc.constant(null),
);
const path = fc.constantFrom(
  ...[
    "email",
    "groups",
    "role",
    "age",
    "version",
    "nested.plan",
    "nested.none.deep",
    "missing",
    "targetingKey",
  ],
  ...["$flagd.timestamp", "$flagd.flagKey", "constructor", "nested"],
);
const variable = fc.oneof(
  { weight: 4, arbitrary: path.map((name) => ({ var: name })) },
  fc.tuple(path, scalar).map(([name, fallback]) => ({ var: [name, fallback] })),
  path.map((name) => ({ var: [name] })),
);
const variantName = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...variantNames) },
  fc.constantFrom(null, true, false, 1, "unknown"),
);
const bucket = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(variantName, fc.integer({ min: -1, max: 100 })) },
  variantName.map((name) => [name]),
  fc.constantFrom([], ["on", 1.5], ["on", 1, 2], ["on", 2147483647]),
);
const cat = fc.oneof(
  variable.map((by) => ({ cat: ["s", by] })),
  fc.array(fc.oneof(variable, scalar), { minLength: 1, maxLength: 3 }).map((parts) => ({ cat: parts })),
  variable.map((only) => ({ cat: only })),
);
const fractional = fc
  .tuple(
    fc.option(fc.oneof(variable, fc.constantFrom("seed"), cat)),
    fc.array(bucket, { minLength: 1, maxLength: 4 }),
  )
  .map(([by, buckets]) => ({ fractional: by === null ? buckets : [by, ...buckets] }));

const { condition } = fc.letrec<{ condition: unknown; operand: unknown }>((tie) => ({
  operand: fc.oneof(
    { weight: 5, arbitrary: variable },
    { weight: 3, arbitrary: scalar },
    cat,
    tie("condition"),
  ),
  condition: fc.oneof(
    { maxDepth: 4 },
    fc
      .tuple(fc.constantFrom("==", "!=", "===", "!==", "<", "<=", ">", ">="), tie("operand"), tie("operand"))
      .map(([operator, a, b]) => ({ [operator]: [a, b] })),
    fc
      .tuple(variable, fc.oneof(fc.array(scalar, { maxLength: 9 }), variable, fc.constant("staff and sales")))
      .map(([item, list]) => ({ in: [item, list] })),
    fc.tuple(scalar, variable).map((args) => ({ in: args })),
    fc.tuple(cat, fc.constantFrom("snull", "sstaff", "1.2.3")).map((args) => ({ "===": args })),
    fc
      .tuple(fc.constantFrom("starts_with", "ends_with"), variable, scalar)
      .map(([o, a, b]) => ({ [o]: [a, b] })),
    fc
      .tuple(
        variable,
        fc.constantFrom("=", "!=", "<", "<=", ">", ">=", "^", "~", "??"),
        fc.constantFrom("1.2.3", "v2", "1.2", "no", 1, "2.0.0-rc.1"),
      )
      .map((args) => ({ sem_ver: args })),
    fc.array(tie("condition"), { minLength: 1, maxLength: 3 }).map((all) => ({ and: all })),
    fc.array(tie("condition"), { minLength: 1, maxLength: 3 }).map((any) => ({ or: any })),
    tie("condition").map((not) => ({ "!": [not] })),
    tie("operand").map((not) => ({ "!": not })),
    tie("operand").map((value) => ({ "!!": [value] })),
    fc.tuple(variable, fc.integer()).map(([a, b]) => ({ ">": [{ "-": [a, b] }, 0] })),
    fc.constantFrom<unknown>(
      { some: [{ var: "groups" }, { "==": [{ var: "" }, "staff"] }] },
      { all: [{ var: "groups" }, { starts_with: [{ var: "" }, "s"] }] },
      { missing: ["email", "missing"] },
      { unknown_operator: [1] },
      { "==": [1, 1] },
      true,
    ),
  ),
}));
const { answer } = fc.letrec<{ answer: unknown }>((tie) => ({
  answer: fc.oneof(
    { maxDepth: 2 },
    { weight: 3, arbitrary: variantName },
    { weight: 3, arbitrary: fractional },
    { weight: 2, arbitrary: fc.tuple(condition, tie("answer"), tie("answer")).map((all) => ({ if: all })) },
    fc.tuple(condition, tie("answer")).map((both) => ({ if: both })),
    variable,
  ),
}));
const targeting = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .array(fc.tuple(condition, answer), { minLength: 1, maxLength: 3 })
      .chain((rules) => fc.option(answer).map((last) => ({ if: [...rules.flat(), last] }))),
  },
  { weight: 2, arbitrary: fractional },
  fc.tuple(condition, answer).map((both) => ({ if: both })),
);
const definition = fc.record({
  state: fc.constant("ENABLED"),
  variants: fc.constantFrom(
    { on: true, off: false, blue: true, "1": false, true: true },
    { on: "a", off: "b", blue: "", "1": "d", true: "e" },
    { on: { x: 1 }, off: {}, blue: [1], "1": { y: [] }, true: {} },
  ),
  defaultVariant: fc.constantFrom("on", "off", "blue", null, undefined),
  targeting,
});
const context = fc.record(
  {
    targetingKey: fc.oneof(fc.uuid(), fc.string(), fc.string({ unit: "grapheme" })),
    email: fc.oneof(fc.constantFrom("ada@example.org", "bob@example.com"), scalar),
    groups: fc.oneof(fc.subarray(["staff", "sales", "editors"]), scalar),
    role: fc.constantFrom("member", "operator"),
    age: scalar,
    version: fc.constantFrom("1.2.3", "1.10.0", "v2.0.0", "2", 2, "nope", null),
    nested: fc.oneof(fc.record({ plan: scalar }, { noNullPrototype: true }), scalar),
  },
  { requiredKeys: [], noNullPrototype: true },
);

describe("a definition answers here as in flagd's own core", () => {
  test("for thousands of definitions, with several contexts each", () => {
    fc.assert(
      fc.property(definition, fc.array(context, { minLength: 4, maxLength: 6 }), (given, contexts) => {
        const flag = JSON.parse(JSON.stringify(given)) as FlagDefinition;
        const all = contexts as FlagContext[];
        expect(byGraft(flag, all)).toEqual(byFlagd(flag, all));
      }),
      { numRuns: Number(process.env.FLAGD_RUNS ?? 3000) },
    );
  }, 120_000);

  test("for shares: 20,000 users fall into the same of three weighted variants", () => {
    const flag: FlagDefinition = {
      state: "ENABLED",
      variants: { on: "a", off: "b", blue: "c" },
      defaultVariant: "off",
      targeting: {
        fractional: [
          ["on", 10],
          ["off", 57],
          ["blue", 33],
        ],
      },
    };
    const contexts = Array.from({ length: 20_000 }, (_, i) => ({ targetingKey: `user-${i}` }));
    expect(byGraft(flag, contexts)).toEqual(byFlagd(flag, contexts));
  });

  test("for no targeting, no default and a default that is missing at run time", () => {
    const variants = { on: true, off: false };
    for (const flag of [
      { state: "ENABLED", variants, defaultVariant: "on" },
      { state: "ENABLED", variants },
      { state: "ENABLED", variants, defaultVariant: "off", targeting: {} },
      { state: "ENABLED", variants, defaultVariant: "off", targeting: { if: [true, "gone", null] } },
    ] as FlagDefinition[]) {
      expect(byGraft(flag, [{}])).toEqual(byFlagd(flag, [{}]));
    }
  });
});

test("raising a percentage takes it from nobody", () => {
  const share = (percent: number) =>
    compileFlag("news.beta", {
      state: "ENABLED",
      variants: { on: true, off: false },
      defaultVariant: "off",
      targeting: {
        fractional: [
          ["on", percent],
          ["off", 100 - percent],
        ],
      },
    });
  const [some, more] = [share(10), share(25)];
  for (let i = 0; i < 20_000; i++) {
    const user = { targetingKey: `user-${i}` };
    if (some.evaluate(user).evaluation.variant === "on") {
      expect(more.evaluate(user).evaluation.variant).toBe("on");
    }
  }
});
