import { FlagdCore } from "@openfeature/flagd-core";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { FlagDefinition } from "../../../contract/flags.ts";
import { compileFlag } from "./compile-flag.ts";

const quiet = { error() {}, warn() {}, info() {}, debug() {} };
const names = ["a", "b", "c", "d", "e", "ab"];

test("many groups in a row answer as flagd's core does, the first row first, whatever groups are", () => {
  const row = fc.tuple(fc.constantFrom(...names), fc.constantFrom("on", "off", null));
  const groups = fc.oneof(
    fc.array(fc.oneof(fc.constantFrom(...names), fc.constant(7)), { maxLength: 5 }),
    fc.constantFrom("ab", "abc", null, undefined),
  );
  fc.assert(
    fc.property(fc.array(row, { minLength: 3, maxLength: 6 }), fc.array(groups), (rows, all) => {
      const definition: FlagDefinition = {
        state: "ENABLED",
        variants: { on: true, off: false },
        defaultVariant: "off",
        targeting: {
          if: [...rows.flatMap(([group, answer]) => [{ in: [group, { var: "groups" }] }, answer]), "on"],
        },
      };
      const core = new FlagdCore(undefined, quiet);
      core.setConfigurations(JSON.stringify({ flags: { f: definition } }));
      const flag = compileFlag("f", definition);
      for (const given of all) {
        const context = { targetingKey: "u", ...(given === undefined ? {} : { groups: given }) };
        const { value } = core.resolveBooleanEvaluation("f", false, context as never, quiet);
        expect(flag.evaluate(context).evaluation.value).toBe(value);
      }
    }),
    { numRuns: 200 },
  );
});
