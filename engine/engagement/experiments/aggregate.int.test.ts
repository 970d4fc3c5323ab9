import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { GoalKind } from "../../../contract/experiments.ts";
import { createTestDatabase, type TestDatabase } from "../../core/testing/index.ts";
import { selectExposures, selectGoal } from "./experiments.sql.ts";
import { accumulate } from "./snapshots.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.close());

const variants = ["a", "b", "c"];
const start = Date.UTC(2026, 0, 1);
const looks = Array.from({ length: 12 }, (_, i) => start + (i + 1) * 100);

/** Each look counted from all rows, user by user: slow and plain. */
function countPlainly(kind: GoalKind, users: User[], events: Event[]) {
  return looks.map((at) => ({
    at,
    moments: variants.map((variant) => {
      const own = users.filter((user) => user.variant === variant && !user.crossed && user.at <= at);
      const figures = own.map((user) => {
        const reached = events.filter((one) => one.user === user.id && one.at >= user.at && one.at <= at);
        if (kind === "conversion") return Math.min(1, reached.length);
        return kind === "count" ? reached.length : reached.reduce((sum, { value }) => sum + value, 0);
      });
      return {
        users: own.length,
        sum: figures.reduce((sum, figure) => sum + figure, 0),
        squares: figures.reduce((sum, figure) => sum + figure * figure, 0),
      };
    }),
  }));
}

interface User {
  id: string;
  variant: string;
  at: number;
  crossed: boolean;
}
interface Event {
  user: string;
  key: string;
  value: number;
  at: number;
}

it("one aggregate says of every look what counting all rows for it says", async () => {
  const { pool, prisma } = database.db;
  const design = {
    title: "t",
    flagKey: "f",
    variants: [],
    audience: [],
    share: 100,
    goals: [],
    createdBy: "x",
  };
  const { id } = await prisma.experiment.create({ data: design });
  const users: User[] = [];
  for (let i = 0; i < 60; i++) {
    const person = { name: `User ${i}`, email: `${i}@example.org`, role: "member" };
    const { id: user } = await prisma.user.create({ data: person as never });
    // Every hundredth millisecond is a look: some use it at that very instant, some after the last one.
    users.push({ id: user, variant: variants[i % 3] as string, at: start + i * 25, crossed: i % 11 === 0 });
  }
  const events = users.flatMap(({ id: user, at }, i): Event[] =>
    Array.from({ length: i % 5 }, (_, n) => ({
      ...{ user, key: randomUUID(), value: ((i * 7 + n * 3) % 9) - 2 },
      at: at + (n - 1) * 50,
    })),
  );
  await prisma.experimentExposure.createMany({
    data: users.map(({ id: userId, at, ...user }) => ({
      experimentId: id,
      userId,
      ...user,
      at: new Date(at),
    })),
  });
  await prisma.experimentEvent.createMany({
    data: events.map(({ user: userId, at, ...event }) => ({
      ...{ experimentId: id, module: "m", goal: "g", userId },
      ...{ ...event, at: new Date(at) },
    })),
  });
  const { gains, crossed } = await selectExposures(pool, id, looks);
  expect(crossed).toBe(users.filter((user) => user.crossed).length);
  for (const kind of ["conversion", "count", "value"] as const) {
    const goal = await selectGoal(pool, id, { module: "m", goal: "g", kind, looks });
    expect(accumulate(variants, [...gains, ...goal], looks)).toEqual(countPlainly(kind, users, events));
  }
});
