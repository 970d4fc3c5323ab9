import { createServer } from "node:net";
import { expect, test } from "vitest";
import { createHostDb, toProblem } from "./index.ts";

const problemOf = (error: unknown) => toProblem(error, () => {});
const caught = (promise: Promise<unknown>) => promise.then(() => null).catch((error: unknown) => error);

test("a query while PostgreSQL is away says that it may be repeated, through Prisma and through pg", async () => {
  // A port that was free a moment ago: nothing listens there.
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  const db = createHostDb(`postgres://nobody@127.0.0.1:${port}/none`);
  for (const error of [
    await caught(db.prisma.user.findFirst()),
    await caught(db.prisma.$transaction((tx) => tx.user.findFirst())),
    await caught(db.pool.query("SELECT 1")),
  ]) {
    expect(problemOf(error)).toMatchObject({ code: "DATABASE_UNREACHABLE", status: 503, retryable: true });
  }
  await db.close();
});

test.each([
  [
    "a refused connection to something else",
    Object.assign(new Error("connect"), { code: "ECONNREFUSED", stack: "" }),
  ],
  ["a violated constraint", Object.assign(new Error("duplicate"), { code: "23505" })],
  ["no error at all", "57P01"],
])("%s stays an unknown error", (_, error) => {
  expect(problemOf(error).code).toBe("INTERNAL");
});
