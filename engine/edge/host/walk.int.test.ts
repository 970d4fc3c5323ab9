import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { choosePart } from "../../core/testing/choose-part.ts";
import { expectModel } from "./testing/walk/check.ts";
import { createDraw } from "./testing/walk/draw.ts";
import { faults } from "./testing/walk/faults.ts";
import { emptyModel, type Model } from "./testing/walk/model.ts";
import { steps } from "./testing/walk/steps.ts";
import { createWorld, type World } from "./testing/walk/world.ts";

// A walk through whatever administrators, users and misfortune can do, in random order. After each step the system must
// be what the model says, wherever one looks. GRAFT_WALK_SEED chooses a walk, GRAFT_WALK_STEPS makes it longer.

const { GRAFT_WALK_SEED: given } = process.env;
const seeds = given
  ? [Number(given)]
  : choosePart("random walks", [20_261_122, 20_261_123, 20_261_124, 20_261_125], { parts: 4 });
const length = Number(process.env.GRAFT_WALK_STEPS ?? 100);
const all = { ...steps, ...faults };

/** Of a hundred or so steps. A crash costs three starts of a host, so it is rare, and still comes a few times. */
const weights: Record<keyof typeof all, number> = {
  applyChange: 34,
  writeRows: 18,
  setAccess: 8,
  configure: 7,
  setFlag: 5,
  stalePlan: 5,
  twoAtOnce: 6,
  deleteKept: 4,
  killProcess: 4,
  restart: 2,
  crash: 5,
  loseConnections: 6,
};

const step = fc.record({
  kind: fc.oneof(
    ...Object.entries(weights).map(([kind, weight]) => ({
      weight,
      arbitrary: fc.constant(kind as keyof typeof all),
    })),
  ),
  numbers: fc.noBias(fc.array(fc.nat(), { minLength: 24, maxLength: 24 })),
});

// For each try one of its own: a second one must not begin where the first went wrong.
let world: World;
beforeEach(async () => {
  world = await createWorld();
}, 60_000);
afterEach(() => world?.end(), 60_000);

test.each(seeds)(
  `a random walk of ${length} steps with seed %i stays where the model says`,
  async (seed) => {
    console.log(`GRAFT_WALK_SEED=${seed} GRAFT_WALK_STEPS=${length}`);
    const done: Record<string, number> = {};
    const trace: string[] = [];
    let model: Model = emptyModel;
    for (const [index, { kind, numbers }] of fc.sample(step, { numRuns: length, seed }).entries()) {
      try {
        const outcome = await all[kind](world, model, createDraw(numbers));
        trace.push(`${index} ${kind}: ${outcome.what}`);
        model = outcome.model;
        if (outcome.changed) done[kind] = (done[kind] ?? 0) + 1;
        await expectModel(world, model);
      } catch (error) {
        const told = trace.slice(-12).join("\n");
        throw new Error(`GRAFT_WALK_SEED=${seed}: wrong in step ${index} (${kind}) after\n${told}`, {
          cause: error,
        });
      }
    }
    // A walk in which everything was refused would prove nothing.
    const effective = Object.values(done).reduce((sum, count) => sum + count, 0);
    expect(effective, JSON.stringify(done)).toBeGreaterThan(length / 2);
  },
  900_000,
);
