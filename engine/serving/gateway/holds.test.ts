import { expect, test } from "vitest";
import { createHolds } from "./holds.ts";

const settled = async (promise: Promise<void> | null) =>
  Promise.race([promise?.then(() => "goes on"), new Promise((resolve) => setTimeout(resolve, 5, "waits"))]);

test("of a module on hold everything waits, then what reads goes on, then it waits again, then all go on", async () => {
  const holds = createHolds(10_000);
  expect(holds.waitFor("polls", "POST")).toBeNull();
  holds.hold("polls");
  const [early, write] = [holds.waitFor("polls", "GET"), holds.waitFor("polls", "POST")];
  expect([await settled(early), await settled(write)]).toEqual(["waits", "waits"]);
  holds.letRead("polls");
  expect([await settled(early), await settled(write)]).toEqual(["goes on", "waits"]);
  for (const method of ["GET", "HEAD", "OPTIONS"]) expect(holds.waitFor("polls", method)).toBeNull();
  for (const method of ["PUT", "DELETE", "PATCH", "QUERY", undefined])
    expect(await settled(holds.waitFor("polls", method))).toBe("waits");
  holds.endReading("polls");
  const late = holds.waitFor("polls", "GET");
  expect(await settled(late)).toBe("waits");
  holds.release("polls");
  expect([await settled(late), await settled(write)]).toEqual(["goes on", "goes on"]);
  expect(holds.waitFor("polls", "POST")).toBeNull();
});

test("what is not on hold is not put there by those who let it read", () => {
  const holds = createHolds(10_000);
  holds.letRead("polls");
  holds.endReading("polls");
  expect(holds.waitFor("polls", "GET")).toBeNull();
});

test("who waits too long is told that the module is being changed", async () => {
  const holds = createHolds(5);
  holds.hold("polls");
  await expect(holds.waitFor("polls", "GET")).rejects.toMatchObject({ code: "MODULE_STOPPED" });
});
