import { expect, it } from "vitest";
import type { ExperimentResults } from "../../../contract/experiments.ts";
import { keepResults } from "./keep-results.ts";

function counted(users: number) {
  let counts = 0;
  const answers: ((users?: number) => void)[] = [];
  const kept = keepResults(
    () =>
      new Promise((resolve) => {
        counts += 1;
        answers.push((given = users) => resolve({ users: given, crossed: 0 } as ExperimentResults));
      }),
  );
  return { kept, answer: (i: number, given?: number) => answers[i]?.(given), counts: () => counts };
}

it("a small experiment is counted at every look", async () => {
  const { kept, answer, counts } = counted(10);
  const first = kept.look("a");
  answer(0);
  await first;
  const second = kept.look("a");
  answer(1, 11);
  expect((await second).users).toBe(11);
  expect(counts()).toBe(2);
});

it("a large one answers with the last figures while newer ones are counted, once for all who look", async () => {
  const { kept, answer, counts } = counted(60_000);
  const first = kept.look("a");
  answer(0);
  await first;
  expect((await kept.look("a")).users).toBe(60_000);
  expect((await kept.look("a")).users).toBe(60_000);
  expect(counts()).toBe(2);
  answer(1, 60_001);
  await expect.poll(async () => (await kept.look("a")).users).toBe(60_001);
});

it("what was counted before a change is not answered after it", async () => {
  const { kept, answer } = counted(60_000);
  const first = kept.look("a");
  kept.forget("a");
  answer(0);
  await first;
  const after = kept.look("a");
  answer(1, 70_000);
  expect((await after).users).toBe(70_000);
});
