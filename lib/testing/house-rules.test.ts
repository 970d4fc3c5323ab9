import { expect, test } from "vitest";
import { findForeignTables, findLongFiles } from "./house-rules.ts";

const schema = `
// ---- people: who there is ----
model User {
  id String @id
  @@map("users")
}
// ---- change: what happens ----
model KeptData {
  id String @id
  @@map("kept_data")
}`;
const foreign = (path: string, text: string) => findForeignTables(schema, [{ path, text }]).length;

test("a file of more than 350 lines is named", () => {
  const file = (lines: number) => ({ path: "a.ts", text: "x\n".repeat(lines) });
  expect(findLongFiles([file(350)])).toEqual([]);
  expect(findLongFiles([file(351)])).toEqual(["a.ts has 351 lines; 350 are the most."]);
});

test.each([
  ["engine/change/plan/a.ts", "SELECT * FROM graft.users", 1],
  ["engine/change/plan/a.ts", "await tx.user.findMany()", 1],
  ["lib/a.ts", "prisma.keptData.count()", 1],
  ["engine/people/a.ts", "SELECT * FROM graft.kept_data JOIN graft.users", 1],
  ["engine/people/a.ts", "SELECT * FROM graft.users", 0],
  ["engine/change/retained/a.ts", "prisma.keptData.count()", 0],
  ["engine/people/a.ts", "the users of graft.keptDataOf, tx.users", 0],
  ["engine/engagement/home/a.ts", "JOIN graft.users u", 0],
])("%s with `%s` breaks into %i tables of others", (path, text, count) => {
  expect(foreign(path, text)).toBe(count);
});
