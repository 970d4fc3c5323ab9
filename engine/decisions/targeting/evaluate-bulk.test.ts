import { expect, test } from "vitest";
import { compileFlag } from "./compile-flag.ts";
import { evaluateBulk } from "./evaluate-bulk.ts";

test("the body is ASCII, as many bytes as characters, and says what was meant", () => {
  const value = "größer – 🚀 „quoted“";
  const flag = compileFlag("greeting", {
    state: "ENABLED",
    variants: { "grüß dich": value },
    defaultVariant: "grüß dich",
  });
  const { body } = evaluateBulk([flag, compileFlag("none", { state: "DISABLED", variants: { a: 1 } })], {});
  expect(Buffer.byteLength(body)).toBe(body.length);
  expect(JSON.parse(body)).toEqual({
    flags: [{ key: "greeting", value, variant: "grüß dich", reason: "STATIC" }],
  });
});
