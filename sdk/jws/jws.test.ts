import { createHmac, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { signJws, verifyJws } from "./jws.ts";

const key = randomBytes(32);
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const signed = (head: unknown, body: string) => {
  const text = `${encode(head)}.${body}`;
  return `${text}.${createHmac("sha256", key).update(text).digest("base64url")}`;
};

test("what one side signs the other reads, and with another key nobody does", () => {
  const token = signJws({ sub: "u1", name: "Åsa" }, key);
  expect(verifyJws(token, key)).toEqual({ sub: "u1", name: "Åsa" });
  expect(verifyJws(token, randomBytes(32))).toBeNull();
});

test("the example of RFC 7515, A.1, is verified", () => {
  const jwk = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
  const token =
    "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  expect(verifyJws(token, Buffer.from(jwk, "base64url"))).toMatchObject({ iss: "joe", exp: 1_300_819_380 });
});

test("another algorithm, other parts and what is not JSON are nothing, though the signature fits", () => {
  const body = encode({ sub: "u1" });
  expect(verifyJws(signed({ alg: "HS256" }, body), key)).toEqual({ sub: "u1" });
  expect(verifyJws(signed({ alg: "none" }, body), key)).toBeNull();
  expect(verifyJws(signed({ alg: "HS512" }, body), key)).toBeNull();
  expect(verifyJws(signed(null, body), key)).toBeNull();
  expect(verifyJws(signed({ alg: "HS256" }, "bm90IGpzb24"), key)).toBeNull();
  expect(verifyJws(`${encode({ alg: "none" })}.${body}.`, key)).toBeNull();
  expect(verifyJws(`${signed({ alg: "HS256" }, body)}.more`, key)).toBeNull();
});
