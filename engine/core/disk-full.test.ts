import { writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { whichDiskIsFull } from "./disk-full.ts";
import { toProblem } from "./errors.ts";

const never = () => {
  throw new Error("not an unknown error");
};

test.skipIf(process.platform !== "linux")(
  "a write that finds no space says so, where, and what to do",
  () => {
    let thrown: unknown;
    try {
      // The kernel's own full disk.
      writeFileSync("/dev/full", "x");
    } catch (error) {
      thrown = error;
    }
    const problem = toProblem(thrown, never);
    expect(problem).toMatchObject({ code: "DISK_FULL", status: 507, retryable: true });
    expect(problem.detail).toContain("no space left on device");
    expect(problem.hint).toContain("Make room");
  },
);

test("PostgreSQL's full disk is recognised as pg reports it and as Prisma does", () => {
  const message = 'could not extend file "base/5/1": No space left on device';
  expect(whichDiskIsFull(Object.assign(new Error(message), { code: "53100" }))).toContain(message);
  const cause = { originalCode: "53100", originalMessage: message };
  const prisma = Object.assign(new Error("raw query failed"), {
    code: "P2010",
    meta: { driverAdapterError: { cause } },
  });
  expect(whichDiskIsFull(prisma)).toContain(message);
  expect(whichDiskIsFull(new Error("No space left on device"))).toBeNull();
});
