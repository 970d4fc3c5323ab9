import { afterAll, beforeAll, expect, test } from "vitest";
import { createPool, type Pool } from "./create-pool.ts";
import { createKeptAnswers } from "./kept-answers.ts";
import { defineTask } from "./task.ts";
import type { Misbehaviour, run as misbehave } from "./testing/misbehave-task.ts";

const task = defineTask<typeof misbehave>(new URL("./testing/misbehave-task.ts", import.meta.url), {
  timeMs: 400,
});
let pool: Pool;
beforeAll(() => {
  pool = createPool({ threads: 2, heapMb: 32, waitingMax: 5 });
});
afterAll(() => pool.close());

const run = (input: Misbehaviour, module = "polls") => pool.run(task, input, { module, file: "README.md" });

test.each([
  ["hang", "time", "polls: README.md takes more than 0.4 s of processor time to evaluate."],
  ["pattern", "time", "polls: README.md takes more than 0.4 s of processor time to evaluate."],
  ["memory", "memory", "polls: README.md needs more than 32 MB of memory to be evaluated."],
  ["recursion", "nesting", "polls: README.md is nested too deeply to be evaluated."],
  ["flood", "answer", "polls: README.md gives more than 2 MB."],
] as const)(
  "what makes a thread %s is ended within its budget of %s, and the next task is done",
  async (kind, excess, message) => {
    await expect(run({ kind })).rejects.toMatchObject({
      code: "TEXT_OVER_BUDGET",
      message,
      details: { module: "polls", file: "README.md", excess, budget: { timeMs: 400, heapMb: 32 } },
    });
    expect(await run({ kind: "answer", text: "after" })).toBe("after");
  },
);

test("this thread goes on meanwhile", async () => {
  let ticks = 0;
  const ticking = setInterval(() => ticks++, 10);
  await Promise.allSettled([run({ kind: "pattern" }), run({ kind: "hang" }, "other")]);
  clearInterval(ticking);
  expect(ticks).toBeGreaterThan(10);
});

test("an error of the task's own comes back as it is, any other as a fault; nothing of the host's environment is there", async () => {
  await expect(run({ kind: "refuse" })).rejects.toMatchObject({
    code: "MANIFEST_INVALID",
    hint: "right it",
    details: { line: 3 },
  });
  await expect(run({ kind: "throw" })).rejects.toThrow("a fault of the task");
  expect(await run({ kind: "environment" })).toBe("");
});

test("whoever sends texts that hang waits for themselves: the others are served at once", async () => {
  let ended = 0;
  const hostile = Array.from({ length: 5 }, () =>
    run({ kind: "hang" }, "hostile").catch(({ code }) => {
      ended++;
      return code;
    }),
  );
  for (let i = 0; i < 20; i++) await run({ kind: "answer" }, `calm-${i % 3}`);
  expect(ended).toBeLessThan(4);
  expect(await Promise.all(hostile)).toEqual(Array.from({ length: 5 }, () => "TEXT_OVER_BUDGET"));
});

test("one owner has only so many tasks waiting", async () => {
  const sent = Array.from({ length: 8 }, () => run({ kind: "answer", text: "x" }).catch(({ code }) => code));
  const answers = await Promise.all(sent);
  expect(answers.filter((one) => one === "x")).toHaveLength(6);
  expect(answers.filter((one) => one === "EVALUATION_BUSY")).toHaveLength(2);
});

test("an answer is kept by what it answers, a refusal too, a fault is not; the oldest go first", async () => {
  const keep = createKeptAnswers(4 * 200 + 20);
  let runs = 0;
  const ask = (input: Misbehaviour) =>
    keep(task, input, async () => {
      runs++;
      return run(input);
    });
  expect(
    await Promise.all([ask({ kind: "answer", text: "12345678" }), ask({ kind: "answer", text: "12345678" })]),
  ).toEqual(["12345678", "12345678"]);
  expect(runs).toBe(1);
  for (let i = 0; i < 2; i++)
    await expect(ask({ kind: "hang" })).rejects.toMatchObject({ code: "TEXT_OVER_BUDGET" });
  expect(runs).toBe(2);
  for (let i = 0; i < 2; i++) await expect(ask({ kind: "throw" })).rejects.toThrow();
  expect(runs).toBe(4);
  await ask({ kind: "answer", text: "abcdefgh" });
  await ask({ kind: "answer", text: "ABCDEFGH" });
  await ask({ kind: "answer", text: "12345678" });
  expect(runs).toBe(7);
});
