import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  attributeOperators,
  type Condition,
  type Outcome,
  type Rule,
  readRules,
  writeRules,
} from "../../../sdk/flags/index.ts";
import { compileFlag } from "../targeting/compile-flag.ts";

const text = fc.string({ minLength: 1, maxLength: 8 });
const name = fc.constantFrom("email", "plan", "app.version");
const at = fc.integer({ min: 1, max: 4_000_000_000 });
const not = fc.constantFrom({}, { not: true });
const plain = attributeOperators.filter((operator) => operator !== "one_of");
const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc
    .tuple(fc.uniqueArray(text, { minLength: 1, maxLength: 3 }), not)
    .map(([groups, given]): Condition => ({ kind: "groups", groups, ...given })),
  fc
    .tuple(fc.array(text, { maxLength: 3 }), not)
    .map(([users, given]): Condition => ({ kind: "users", users, ...given })),
  fc
    .tuple(name, fc.constantFrom(...plain), text)
    .map(([name, operator, value]): Condition => ({ kind: "attribute", name, operator, value })),
  fc
    .tuple(name, fc.array(text, { maxLength: 3 }))
    .map(([name, value]): Condition => ({ kind: "attribute", name, operator: "one_of", value })),
  at.map((at): Condition => ({ kind: "after", at })),
  at.map((at): Condition => ({ kind: "before", at })),
);
const weights = fc.array(fc.record({ variant: text, weight: fc.integer({ min: 0, max: 100 }) }), {
  minLength: 1,
  maxLength: 3,
});
const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  fc.option(text).map((variant): Outcome => ({ kind: "variant", variant })),
  weights.map((weights): Outcome => ({ kind: "split", weights })),
  fc
    .uniqueArray(at, { minLength: 1, maxLength: 3 })
    .chain((times) =>
      fc.tuple(...times.sort((a, b) => a - b).map((at) => weights.map((weights) => ({ at, weights })))),
    )
    .map((steps): Outcome => ({ kind: "rollout", steps })),
);
const rule: fc.Arbitrary<Rule> = fc.record({ conditions: fc.array(condition, { maxLength: 3 }), outcome });

describe("rules and targeting", () => {
  test("what is written reads back as the same rules", () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 4 }), (rules) => {
        expect(readRules(JSON.parse(JSON.stringify(writeRules(rules) ?? {})))).toEqual(
          JSON.parse(JSON.stringify(rules)),
        );
      }),
    );
  });

  test.each([
    [{ if: [{ some: [{ var: "groups" }, { "==": [{ var: "" }, "a"] }] }, "on", null] }],
    [{ if: [{ "==": [{ var: "email" }, "a"] }, "on"] }],
    [{ fractional: [{ var: "email" }, ["on", 50], ["off", 50]] }],
    [{ if: [{ $ref: "team" }, "on", null] }],
  ])("targeting that rules cannot say is left alone: %j", (targeting) => {
    expect(readRules(targeting)).toBeNull();
  });

  test("a progressive roll-out gives each share from its time on and takes it from nobody", () => {
    const steps = [5, 25, 100].map((share, i) => ({
      at: 1000 * (i + 1),
      weights: [
        { variant: "on", weight: share },
        { variant: "off", weight: 100 - share },
      ],
    }));
    const rules: Rule[] = [{ conditions: [], outcome: { kind: "rollout", steps } }];
    let now = 0;
    const flag = compileFlag(
      "editor",
      {
        state: "ENABLED",
        variants: { on: true, off: false },
        defaultVariant: "off",
        targeting: writeRules(rules) ?? {},
      },
      () => now,
    );
    const having = () =>
      Array.from({ length: 4000 }, (_, i) => `user-${i}`).filter(
        (targetingKey) => flag.evaluate({ targetingKey }).evaluation.variant === "on",
      );
    let before: string[] = having();
    expect(before).toEqual([]);
    for (const [time, share] of [
      [1000, 0.05],
      [2500, 0.25],
      [3000, 1],
    ] as const) {
      now = time;
      const after = having();
      expect(after).toEqual(expect.arrayContaining(before));
      expect(Math.abs(after.length / 4000 - share)).toBeLessThan(0.02);
      before = after;
    }
  });
});
