import { FlagdCore } from "@openfeature/flagd-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FlagDefinition } from "../../../contract/flags.ts";
import type { Json } from "../../core/index.ts";
import { exportDocument, readDocument } from "../features/flagd-document.ts";
import type { FlagContext } from "../types.ts";
import { compileFlag } from "./compile-flag.ts";
import { type FindFlag, inlineRequirements, refuseCycle } from "./requirements.ts";

const quiet = { error() {}, warn() {}, info() {}, debug() {} };
const names = ["on", "off", "true"];
const contexts: FlagContext[] = [
  ...Array.from({ length: 12 }, (_, i) => ({
    targetingKey: `user-${i}`,
    groups: i % 2 === 0 ? ["staff"] : [],
    email: i % 3 === 0 ? "ada@example.org" : "bob@example.com",
  })),
  { groups: ["staff"] },
  { targetingKey: "" },
];

/** Four flags, each of which may require those after it. */
const flagSet = fc
  .tuple(...[0, 1, 2, 3].map((level) => definitionAt(level)))
  .map((definitions) => new Map(definitions.map((definition, i) => [`flag-${i}`, definition])));

function definitionAt(level: number): fc.Arbitrary<FlagDefinition> {
  const variant = fc.constantFrom<Json>("on", "off", null);
  const shares = fc
    .array(fc.tuple(fc.constantFrom(...names), fc.integer({ min: 0, max: 50 })), {
      minLength: 1,
      maxLength: 3,
    })
    .map((entries): Json => ({ fractional: entries }));
  const byEmail = shares.map(
    (logic): Json => ({ fractional: [{ var: "email" }, ...(logic as { fractional: Json[] }).fractional] }),
  );
  const plain: fc.Arbitrary<Json> = fc.constantFrom<Json>(
    { in: ["staff", { var: "groups" }] },
    { ends_with: [{ var: "email" }, "@example.org"] },
    { "===": [{ var: "$flagd.flagKey" }, `flag-${level}`] },
    { ">=": [{ var: "$flagd.timestamp" }, 1_000] },
  );
  const required =
    level === 3
      ? plain
      : fc
          .tuple(
            fc.integer({ min: level + 1, max: 4 }),
            fc.uniqueArray(fc.constantFrom(...names), { minLength: 1 }),
          )
          .map(([other, variants]): Json => ({ $flag: [`flag-${other}`, variants] }));
  const condition = fc.oneof(
    plain,
    required,
    required.map((logic): Json => ({ "!": [logic] })),
    fc.tuple(plain, required).map((all): Json => ({ and: all })),
  );
  const outcome = fc.oneof(variant, shares, byEmail);
  const targeting = fc.oneof(
    fc.tuple(condition, outcome, outcome).map(([a, b, c]) => ({ if: [a, b, c] })),
    shares as fc.Arbitrary<Record<string, Json>>,
  );
  return fc.record(
    {
      state: fc.constantFrom<FlagDefinition["state"]>("ENABLED", "ENABLED", "ENABLED", "DISABLED"),
      variants: fc.constant({ on: true, off: false, true: true }),
      defaultVariant: fc.constantFrom("on", "off", null),
      targeting: targeting as fc.Arbitrary<Record<string, Json>>,
    },
    { requiredKeys: ["state", "variants", "defaultVariant"] },
  );
}

// What flagd's core gives back where it has no value, so that none is taken for false.
const missing = "missing" as unknown as boolean;

function evaluated(key: string, definition: FlagDefinition, find: FindFlag) {
  const flag = compileFlag(key, inlineRequirements(key, definition, find));
  return contexts.map((context) => {
    const { value, variant } = flag.evaluate(context).evaluation;
    return value === undefined ? {} : { value, variant };
  });
}

describe("flags that require flags", () => {
  test("evaluate as flagd's core does with what is exported, and are the same after reading it back", () => {
    fc.assert(
      fc.property(flagSet, (flags) => {
        const find: FindFlag = (key) => flags.get(key) ?? null;
        const list = [...flags].map(([key, definition]) => ({ key, definition }));
        const document = exportDocument(list, {}, find);
        const core = new FlagdCore(undefined, quiet);
        core.setConfigurations(JSON.stringify(document));
        for (const [key, definition] of flags) {
          const byFlagd = contexts.map((context) => {
            const { value, variant } = core.resolveBooleanEvaluation(key, missing, context as never, quiet);
            return value === missing ? {} : { value, variant };
          });
          expect(evaluated(key, definition, find)).toEqual(byFlagd);
        }
        const back = readDocument(JSON.parse(JSON.stringify(document)));
        expect(Object.entries(back.flags).map(([key, input]) => [key, input.definition])).toEqual([...flags]);
        expect(back.evaluators).toEqual({});
      }),
      { numRuns: 300 },
    );
  });

  test("a share of a required flag is drawn by that flag's key, so its users are the same here and there", () => {
    const tenth: FlagDefinition = {
      state: "ENABLED",
      variants: { on: true, off: false },
      targeting: {
        fractional: [
          ["on", 10],
          ["off", 90],
        ],
      },
    };
    const dependent: FlagDefinition = {
      ...tenth,
      defaultVariant: "off",
      targeting: { if: [{ $flag: ["base", ["on"]] }, "on", null] },
    };
    const find: FindFlag = (key) => (key === "base" ? tenth : dependent);
    const base = compileFlag("base", tenth);
    const other = compileFlag("other", inlineRequirements("other", dependent, find));
    for (let i = 0; i < 2000; i++) {
      const context = { targetingKey: `user-${i}` };
      expect(other.evaluate(context).evaluation.value).toBe(base.evaluate(context).evaluation.value);
    }
  });

  test("a circle is refused and named", () => {
    const needs = (flag: string): FlagDefinition => ({
      state: "ENABLED",
      variants: { on: true },
      targeting: { if: [{ $flag: [flag, ["on"]] }, "on", null] },
    });
    const flags: Record<string, FlagDefinition> = { a: needs("b"), b: needs("c"), c: needs("a") };
    expect(() => refuseCycle("a", (key) => flags[key] ?? null)).toThrow("a → b → c → a");
    expect(() => refuseCycle("d", (key) => (key === "d" ? needs("e") : null))).not.toThrow();
  });
});
