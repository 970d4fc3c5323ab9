import { join } from "node:path";
import {
  openApiCheck,
  type RunningModule,
  startModule,
  type TestRequest,
  type TestUser,
} from "@graft/sdk/testing";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { routes } from "./routes.ts";

interface Poll {
  id: string;
  question: string;
  open: boolean;
  voters: number;
  chosen: string[];
  mayManage: boolean;
  options: { id: string; label: string; votes: number | null }[];
}

const ada: TestUser = { userId: "u-ada", name: "Ada" };
const ben: TestUser = { userId: "u-ben", name: "Ben" };
const operator: TestUser = { userId: "u-op", name: "Op", role: "operator" };

const openapi = await openApiCheck(join(import.meta.dirname, "../openapi/v1.json"));

let module: RunningModule;
beforeAll(async () => {
  module = await startModule(join(import.meta.dirname, ".."), { postgresUrl: inject("postgresUrl") });
});
afterAll(() => module.stop());

async function ask<T = Poll>(
  user: TestUser,
  path: string,
  init?: TestRequest,
): Promise<{ status: number; body: T }> {
  const response = await module.fetch(user, path, init);
  const text = await response.text();
  const body: unknown = text === "" ? undefined : JSON.parse(text);
  openapi.answer(init?.method ?? (init?.body ? "POST" : "GET"), path, response.status, body);
  return { status: response.status, body: body as T };
}

async function start(fields: Record<string, unknown> = {}): Promise<Poll> {
  const body = { question: "Lunch?", options: ["Soup", "Salad", "Bread"], ...fields };
  const created = await ask(ada, "/v1/polls", { body });
  expect(created.status).toBe(201);
  return created.body;
}

const option = (poll: Poll, index: number) => poll.options[index]?.id ?? "";
const vote = (user: TestUser, poll: Poll, ...indexes: number[]) =>
  ask(user, `/v1/polls/${poll.id}/vote`, {
    method: "PUT",
    body: { options: indexes.map((i) => option(poll, i)) },
  });

describe("voting", () => {
  it("counts a person once and lets them change their mind", async () => {
    const poll = await start();
    await vote(ben, poll, 0);
    const changed = await vote(ben, poll, 2);
    expect(changed.body.voters).toBe(1);
    expect(changed.body.chosen).toEqual([option(poll, 2)]);
    expect(changed.body.options.map((o) => o.votes)).toEqual([0, 0, 1]);
  });

  it("counts once even when the same person votes twice at the same instant", async () => {
    const poll = await start();
    await Promise.all([0, 1, 2, 0, 1, 2].map((i) => vote(ben, poll, i)));
    const { body } = await ask(ada, `/v1/polls/${poll.id}`);
    expect(body.options.reduce((sum, o) => sum + (o.votes ?? 0), 0)).toBe(1);
  });

  it("takes several options only where the poll allows them", async () => {
    expect((await vote(ben, await start(), 0, 1)).status).toBe(422);
    const several = await vote(ben, await start({ multiple: true }), 0, 1);
    expect([several.status, several.body.voters, several.body.chosen.length]).toEqual([200, 1, 2]);
  });

  it("refuses an option of another poll and leaves the earlier vote alone", async () => {
    const [poll, other] = [await start(), await start()];
    await vote(ben, poll, 1);
    const refused = await ask(ben, `/v1/polls/${poll.id}/vote`, {
      method: "PUT",
      body: { options: [option(other, 0)] },
    });
    expect(refused.status).toBe(422);
    expect((await ask(ben, `/v1/polls/${poll.id}`)).body.chosen).toEqual([option(poll, 1)]);
  });

  it("takes a vote back", async () => {
    const poll = await start();
    await vote(ben, poll, 1);
    const { body } = await ask(ben, `/v1/polls/${poll.id}/vote`, { method: "DELETE" });
    expect([body.voters, body.chosen]).toEqual([0, []]);
  });

  it("stops at the closing date, and when the author closes it, until it is opened again", async () => {
    const soon = await start({ closesAt: new Date(Date.now() + 1500).toISOString() });
    await expect.poll(async () => (await vote(ben, soon, 0)).status).toBe(409);
    const poll = await start();
    expect((await ask(ben, `/v1/polls/${poll.id}/close`, { method: "POST" })).status).toBe(403);
    expect((await ask(ada, `/v1/polls/${poll.id}/close`, { method: "POST" })).body.open).toBe(false);
    expect((await vote(ben, poll, 0)).status).toBe(409);
    await ask(ada, `/v1/polls/${poll.id}/reopen`, { method: "POST" });
    expect((await vote(ben, poll, 0)).status).toBe(200);
  });
});

describe("results", () => {
  it("stay hidden from a voter until they have voted or the poll is closed", async () => {
    const poll = await start();
    await vote(ada, poll, 0);
    const before = await ask(ben, `/v1/polls/${poll.id}`);
    expect(before.body.options.map((o) => o.votes)).toEqual([null, null, null]);
    expect((await vote(ben, poll, 1)).body.options.map((o) => o.votes)).toEqual([1, 1, 0]);
  });

  it("tell the author who chose what, and nobody else", async () => {
    const poll = await start();
    await vote(ben, poll, 1);
    const votes = await ask<{ items: unknown[] }>(ada, `/v1/polls/${poll.id}/votes`);
    expect(votes.body.items).toMatchObject([{ userId: "u-ben", name: "Ben", options: [option(poll, 1)] }]);
    expect((await ask(ben, `/v1/polls/${poll.id}/votes`)).status).toBe(403);
  });

  it("of an anonymous poll hold no user anywhere, yet one vote each", async () => {
    const poll = await start({ anonymous: true });
    await vote(ben, poll, 0);
    const again = await vote(ben, poll, 1);
    expect([again.body.voters, again.body.chosen]).toEqual([1, [option(poll, 1)]]);
    expect((await ask(ada, `/v1/polls/${poll.id}/votes`)).status).toBe(403);
    const { rows } = await onDatabase("SELECT * FROM m_polls.votes WHERE poll_id = $1", [poll.id]);
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toMatch(/u-ben|Ben/);
  });
});

describe("asking", () => {
  it("refuses too few, equal or empty options and a date that has passed", async () => {
    const status = async (fields: Record<string, unknown>) =>
      (await ask(ada, "/v1/polls", { body: { question: "?", options: ["a", "b"], ...fields } })).status;
    expect(await status({ options: ["a"] })).toBe(422);
    expect(await status({ options: ["a", " a "] })).toBe(422);
    expect(await status({ options: ["a", " "] })).toBe(422);
    expect(await status({ closesAt: new Date(Date.now() - 1000).toISOString() })).toBe(422);
  });

  it("keeps the question that people have answered", async () => {
    const poll = await start();
    const rename = (question: string) =>
      ask(ada, `/v1/polls/${poll.id}`, { method: "PATCH", body: { question } });
    expect((await rename("Dinner?")).body.question).toBe("Dinner?");
    await vote(ben, poll, 0);
    expect((await rename("Breakfast?")).status).toBe(409);
  });

  it("lets the author or an operator delete, and bring back with all votes", async () => {
    const poll = await start();
    await vote(ben, poll, 0);
    expect((await ask(ben, `/v1/polls/${poll.id}`, { method: "DELETE" })).status).toBe(403);
    expect((await ask(operator, `/v1/polls/${poll.id}`, { method: "DELETE" })).status).toBe(204);
    expect((await ask(ben, `/v1/polls/${poll.id}`)).status).toBe(404);
    expect((await ask(ben, `/v1/polls/${poll.id}/restore`, { method: "POST" })).status).toBe(403);
    expect((await ask(ada, `/v1/polls/${poll.id}/restore`, { method: "POST" })).body.voters).toBe(1);
  });
});

async function onDatabase(text: string, values: unknown[]) {
  const client = new pg.Client({ connectionString: module.databaseUrl ?? "" });
  await client.connect();
  try {
    return await client.query(text, values);
  } finally {
    await client.end();
  }
}

it("serves exactly what its OpenAPI document describes", () => {
  expect(openapi.routes).toEqual(Object.keys(routes).sort());
});
