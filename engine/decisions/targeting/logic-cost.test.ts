import { expect, test } from "vitest";
import type { FlagDefinition } from "../../../contract/flags.ts";
import type { Json } from "../../core/index.ts";
import { checkFlag } from "./check-flag.ts";
import { compileFlag } from "./compile-flag.ts";
import { inlineRequirements } from "./requirements.ts";
import { resolveRefs } from "./resolve-refs.ts";

const flag = (targeting: Json): FlagDefinition => ({
  ...{ state: "ENABLED", variants: { on: true, off: false }, defaultVariant: "on" },
  targeting: targeting as Record<string, Json>,
});
const chain = (count: number, link: (next: string) => Json, last: Json) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i): [string, Json] => [
      `e${String(i).padStart(3, "0")}`,
      i === count - 1 ? last : link(`e${String(i + 1).padStart(3, "0")}`),
    ]),
  );
const list = (length: number) => Array.from({ length }, (_, i) => i);

function refusal(
  definition: FlagDefinition,
  evaluators: Record<string, Json> = {},
  others: Record<string, FlagDefinition> = {},
) {
  const began = performance.now();
  let message: string | null = null;
  try {
    checkFlag("bomb", definition, { evaluators, declared: undefined, find: (key) => others[key] ?? null });
  } catch (error) {
    message = (error as Error).message;
  }
  expect(performance.now() - began).toBeLessThan(3000);
  return message;
}

test.each([18, 24, 200])(
  "%i shared evaluators that double are refused at once, and answer an error where they are stored",
  (count) => {
    const evaluators = chain(count, (next) => ({ and: [{ $ref: next }, { $ref: next }] }), {
      "==": [{ var: "x" }, 1],
    });
    const bomb = flag({ if: [{ $ref: "e000" }, "on", "off"] });
    expect(refusal(bomb, evaluators)).toContain("with the evaluators it shares it is larger than 200 kB");
    const stored = compileFlag("bomb", resolveRefs(bomb, evaluators));
    expect(stored.evaluate({ targetingKey: "u" }).evaluation).toMatchObject({ reason: "ERROR" });
  },
);

test("flags that require a flag twice, down a long way, are refused at once, and answer an error where they are stored", () => {
  const logic = chain(
    60,
    (next) => ({ if: [{ and: [{ $flag: [next, ["on"]] }, { $flag: [next, ["on"]] }] }, "on", "off"] }),
    {
      if: [{ "==": [{ var: "x" }, 1] }, "on", "off"],
    },
  );
  const others = Object.fromEntries(Object.entries(logic).map(([key, targeting]) => [key, flag(targeting)]));
  const bomb = flag({ if: [{ $flag: ["e000", ["on"]] }, "on", "off"] });
  expect(refusal(bomb, {}, others)).toContain("with the flags it requires it is larger than 200 kB");
  const stored = compileFlag(
    "bomb",
    inlineRequirements("bomb", bomb, (key) => others[key] ?? null),
  );
  expect(stored.evaluate({ targetingKey: "u" }).evaluation).toMatchObject({ reason: "ERROR" });
});

const is = (value: string | number): Json => ({ "==": [{ var: "" }, value] });
test.each<[string, Json]>([
  [
    "lists within lists within lists",
    { some: [list(1000), { some: [list(1000), { some: [list(1000), is("x")] }] }] },
  ],
  ["lists within lists of the context", { some: [{ var: "a" }, { some: [{ var: "b" }, is("x")] }] }],
  [
    "a text joined to itself",
    { reduce: [list(40), { cat: [{ var: "accumulator" }, { var: "accumulator" }] }, "x"] },
  ],
  [
    "a list joined to itself",
    { reduce: [{ var: "a" }, { merge: [{ var: ["accumulator"] }, { var: "accumulator" }] }, [1]] },
  ],
])("iterations that multiply are refused: %s", (_what, logic) => {
  expect(refusal(flag({ if: [logic, "on", "off"] }))).toContain("more than 100000 steps");
});

test.each<[string, Json]>([
  ["a list of the context", { some: [{ var: "roles" }, { in: [{ var: "" }, ["admin", "owner"]] }] }],
  ["a short list within a list", { some: [list(20), { some: [list(20), is(3)] }] }],
  [
    "a sum",
    { ">": [{ reduce: [{ var: "a" }, { "+": [{ var: "current" }, { var: "accumulator" }] }, 0] }, 3] },
  ],
  [
    "the largest",
    {
      ">": [
        {
          reduce: [
            { var: "a" },
            {
              if: [
                { ">": [{ var: "current" }, { var: "accumulator" }] },
                { var: "current" },
                { var: "accumulator" },
              ],
            },
            0,
          ],
        },
        3,
      ],
    },
  ],
])("what people write is taken: %s", (_what, logic) => {
  expect(refusal(flag({ if: [logic, "on", "off"] }))).toBeNull();
});
