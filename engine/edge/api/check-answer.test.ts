import { expect, it } from "vitest";
import { z } from "zod";
import { checkAnswer } from "./check-answer.ts";
import { defineRoute, eventStream, reply } from "./define-route.ts";
import type { Answer } from "./types.ts";

const item = z.object({ n: z.int(), note: z.string().optional() });
const rows = (answer?: z.ZodType, events?: Record<string, z.ZodType>) =>
  defineRoute("GET", "/things", {
    summary: "Things",
    role: "member",
    ...(answer && { answer }),
    ...(events && { events }),
    handle: () => undefined,
  });
const things = rows(z.object({ items: z.array(item) }));

it("an answer that is what its contract says passes as it is", () => {
  const answer = { items: [{ n: 1 }, { n: 2, note: undefined }] };
  expect(checkAnswer(things, answer)).toBe(answer);
  expect(checkAnswer(rows(), undefined)).toBe(undefined);
});

it("what is wrong, missing or unsaid fails with the call and the field", () => {
  expect(() => checkAnswer(things, { items: [{ n: "1" }] })).toThrow(/GET \/things.*items\[0\]\.n/s);
  expect(() => checkAnswer(things, reply(200, {}))).toThrow(/items/);
  expect(() => checkAnswer(things, { items: [{ n: 1, more: true }] })).toThrow(/nothing of items\.0\.more/);
  expect(() => checkAnswer(rows(), { n: 1 })).toThrow(/has none/);
});

it("each event is held against the contract of its name", async () => {
  const drain = async (sent: { event?: string; data: unknown }) => {
    const route = rows(undefined, { message: item, moved: z.object({}) });
    const { events } = checkAnswer(route, eventStream(only(sent))) as Extract<
      Answer,
      { kind: "graft-events" }
    >;
    const received = [];
    for await (const event of events) received.push(event);
    return received;
  };
  expect(await drain({ data: { n: 1 } })).toHaveLength(1);
  expect(await drain({ event: "moved", data: {} })).toHaveLength(1);
  await expect(drain({ event: "moved", data: { n: 1 } })).rejects.toThrow(/event moved of GET/);
  await expect(drain({ event: "gone", data: {} })).rejects.toThrow(/has none/);
});

async function* only<T>(value: T) {
  yield value;
}
