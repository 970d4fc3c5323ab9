import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { checkHistory } from "./history.ts";

const ledgerOf = (sql: string) => [
  { name: "1_init", checksum: createHash("sha256").update(sql).digest("hex"), finished: true },
];
const check = (applied: string, sql: string) =>
  checkHistory("notes", [{ name: "1_init", sql }], ledgerOf(applied));
const lf = 'CREATE TABLE "note" (\n  "text" text\n);\n';
const crlf = lf.replaceAll("\n", "\r\n");
const bom = "\uFEFF";

test("line ends and a byte order mark do not make another migration, whichever of them was applied", () => {
  for (const applied of [lf, crlf, bom + lf, bom + crlf])
    for (const sql of [lf, crlf, bom + lf, bom + crlf]) expect(() => check(applied, sql)).not.toThrow();
});

test.each([lf.replace("text", "note"), lf.replace("\n", "\n\n"), lf.replace("  ", " "), `${lf}--`])(
  "anything else does",
  (sql) => {
    expect(() => check(lf, sql)).toThrow("1_init changed after being applied");
  },
);
