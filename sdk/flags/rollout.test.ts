import fc from "fast-check";
import { expect, test } from "vitest";
import { changeRollouts, readRollouts } from "./rollout.ts";
import { writeRules } from "./rules.ts";

const day = 86_400;
const start = 1_800_000_000;
const weights = (on: number) => [
  { variant: "on", weight: on },
  { variant: "off", weight: 100 - on },
];
const steps = [5, 25, 100].map((on, i) => ({ at: start + i * 2 * day, weights: weights(on) }));
const targeting = writeRules([
  { conditions: [{ kind: "groups", groups: ["staff"] }], outcome: { kind: "rollout", steps } },
]);
const share = (logic: typeof targeting, at: number) => readRollouts(logic, at)[0]?.now?.[0]?.weight;

test("held it stands at the share of the moment for ever; continued it takes up where it stopped", () => {
  const held = changeRollouts(targeting, "hold", start + day) ?? undefined;
  for (const later of [0, 10, 10_000]) expect(share(held, start + day + later * day)).toBe(5);
  expect(readRollouts(held, start + 50 * day)).toMatchObject([
    { held: true, coming: [{ in: day }, { in: 3 * day }] },
  ]);
  const continued = changeRollouts(held, "continue", start + 50 * day) ?? undefined;
  expect(readRollouts(continued, start + 50 * day)).toMatchObject([
    { held: false, coming: [{ at: start + 51 * day }, { at: start + 53 * day }] },
  ]);
});

test("hold and continue at any moments delay by as long as it was held, and change nothing else", () => {
  const moment = fc.integer({ min: -3 * day, max: 4 * day - 1 });
  fc.assert(
    fc.property(moment, fc.nat(1000 * day), (at, pause) => {
      const held = changeRollouts(targeting, "hold", start + at);
      const back = changeRollouts(held, "continue", start + at + pause);
      const moved = steps.map((step) => (step.at > start + at ? { ...step, at: step.at + pause } : step));
      expect(back).toEqual(
        writeRules([
          {
            conditions: [{ kind: "groups", groups: ["staff"] }],
            outcome: { kind: "rollout", steps: moved },
          },
        ]),
      );
    }),
  );
});

test("the next step can begin now; those after it keep their distance, held ones stay held", () => {
  const next = changeRollouts(targeting, "advance", start + day) ?? undefined;
  expect(readRollouts(next, start + day)).toMatchObject([{ held: false, coming: [{ at: start + 3 * day }] }]);
  expect(share(next, start + day)).toBe(25);
  const held = changeRollouts(changeRollouts(targeting, "hold", start + day), "advance", start + 9 * day);
  expect(readRollouts(held, start + 9 * day)).toMatchObject([{ held: true, coming: [{ in: 2 * day }] }]);
  expect(share(held ?? undefined, start + 90 * day)).toBe(25);
});

test("there is nothing to do when it is held already, is not held, or has no step to come", () => {
  const held = changeRollouts(targeting, "hold", start);
  expect(changeRollouts(held, "hold", start + day)).toBeNull();
  expect(changeRollouts(targeting, "continue", start)).toBeNull();
  for (const action of ["hold", "continue", "advance"] as const) {
    expect(changeRollouts(targeting, action, start + 5 * day)).toBeNull();
    expect(changeRollouts(undefined, action, start)).toBeNull();
  }
});

test("a roll-out inside of targeting that is not made of rules is found by its form", () => {
  const nested = { if: [{ "!!": [{ var: "beta" }] }, targeting ?? null, "off"] };
  const held = changeRollouts(nested, "hold", start + day);
  expect(readRollouts(held, start + 100 * day)).toMatchObject([{ held: true }]);
});
