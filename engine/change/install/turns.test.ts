import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { createTurns } from "./turns.ts";

test("what asks for a turn runs alone, in the order of asking", async () => {
  const { inTurn } = createTurns();
  const seen: string[] = [];
  const work = (name: string, ms: number) => async () => {
    seen.push(`${name} begins`);
    await sleep(ms);
    seen.push(`${name} ends`);
    return name;
  };
  expect(await Promise.all([inTurn(work("slow", 20)), inTurn(work("quick", 0))])).toEqual(["slow", "quick"]);
  expect(seen).toEqual(["slow begins", "slow ends", "quick begins", "quick ends"]);
});

test("a failed turn rejects for whoever asked, and the next has its own", async () => {
  const { inTurn, idle } = createTurns();
  const failing = inTurn(() => Promise.reject(new Error("no")));
  const next = inTurn(async () => "done");
  await expect(failing).rejects.toThrow("no");
  expect(await next).toBe("done");
  await idle();
});

test("idle waits for all who asked before", async () => {
  const { inTurn, idle } = createTurns();
  let done = 0;
  for (let i = 0; i < 3; i++)
    void inTurn(async () => {
      await sleep(5);
      done++;
    });
  await idle();
  expect(done).toBe(3);
});
