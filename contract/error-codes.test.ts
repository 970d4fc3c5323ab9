import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { errorCodes } from "./error-codes.ts";

test("docs/errors.md lists every code with its status, and no other", () => {
  const page = readFileSync(join(import.meta.dirname, "../docs/errors.md"), "utf8");
  const listed = [...page.matchAll(/^\| `([A-Z_]+)` \| (\d{3}) \|/gm)].map(([, code, status]) => [
    code,
    Number(status),
  ]);
  expect(Object.fromEntries(listed)).toEqual(errorCodes);
  expect(listed).toHaveLength(Object.keys(errorCodes).length);
});
