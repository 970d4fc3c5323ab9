import { beforeAll, expect, test } from "vitest";
import { loadParser, parseScript } from "../migrations/sql/parse.ts";
import { undoRenames } from "./undo-renames.ts";

beforeAll(() => loadParser());
const undo = (sql: string) => undoRenames(parseScript(sql).statements);

test.each([
  [`ALTER TABLE "User" RENAME TO account`, [`ALTER TABLE public."account" RENAME TO "User"`]],
  [
    `ALTER TABLE t RENAME a TO b; ALTER TABLE t RENAME TO u; ALTER TABLE u RENAME CONSTRAINT "t_pkey" TO "u_pkey"`,
    [
      `ALTER TABLE public."u" RENAME CONSTRAINT "u_pkey" TO "t_pkey"`,
      `ALTER TABLE public."u" RENAME TO "t"`,
      `ALTER TABLE public."t" RENAME COLUMN "b" TO "a"`,
    ],
  ],
  [`ALTER INDEX i RENAME TO j`, [`ALTER TABLE public."j" RENAME TO "i"`]],
  [`ALTER TYPE k RENAME VALUE 'it''s' TO 'its'`, [`ALTER TYPE public."k" RENAME VALUE 'its' TO 'it''s'`]],
])("%s is taken back", (sql, statements) => {
  expect(undo(sql)).toEqual(statements);
});

test.each([
  [
    "Prisma's exchange of an enum",
    `CREATE TYPE "Role_new" AS ENUM ('A'); ALTER TABLE t ALTER r TYPE "Role_new" USING (r::text::"Role_new");
     ALTER TYPE "Role" RENAME TO "Role_old"; ALTER TYPE "Role_new" RENAME TO "Role"; DROP TYPE "Role_old"`,
  ],
  ["a column that was added", "ALTER TABLE t ADD COLUMN a int; ALTER TABLE t RENAME a TO b"],
  ["a column that went", "ALTER TABLE t RENAME a TO b; ALTER TABLE t DROP COLUMN b"],
  [
    "a table that went, with its columns",
    "ALTER TABLE t RENAME a TO b; ALTER TABLE t RENAME TO u; DROP TABLE u",
  ],
  ["an index that was made", "CREATE INDEX i ON t (a); ALTER INDEX i RENAME TO j"],
  ["a view's column, which goes with the view", "ALTER VIEW v RENAME COLUMN a TO b"],
])("%s is left alone", (_, sql) => {
  expect(undo(sql)).toEqual([]);
});
