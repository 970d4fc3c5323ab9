import { randomBytes } from "node:crypto";
import { encode } from "next-auth/jwt";
import { expect, test } from "vitest";
import { identifyCookie, sessionCookieName, sessionSecret } from "./session-cookie.ts";

const secret = sessionSecret(randomBytes(32));
const cookie = (token: string) =>
  `theme=dark; x-${sessionCookieName}=1; ${sessionCookieName}=${token}; other=1`;
const issue = (maxAge = 3600, key = secret, claims: Record<string, unknown> = { sub: "u1", epoch: 3 }) =>
  encode({ token: claims, secret: key, maxAge });

test("a cookie this host issued names its user and epoch, also when asked again", async () => {
  const header = cookie(await issue());
  expect(await identifyCookie(header, secret)).toMatchObject({ userId: "u1", epoch: 3 });
  expect(await identifyCookie(header, secret)).toMatchObject({ userId: "u1", epoch: 3 });
});

test("a cookie that the browser holds in chunks is put together in the order of their numbers", async () => {
  const token = await issue();
  const chunks = [...Array(12).keys()].map((i) => token.slice(i * 40, i === 11 ? undefined : (i + 1) * 40));
  const header = chunks.map((value, i) => `${sessionCookieName}.${i}=${value}`).reverse();
  expect(await identifyCookie(header.join("; "), secret)).toMatchObject({ userId: "u1" });
});

test("a cookie of another secret is nobody, even after its own host knew it", async () => {
  const other = sessionSecret(randomBytes(32));
  const header = cookie(await issue(3600, other));
  expect(await identifyCookie(header, other)).not.toBeNull();
  expect(await identifyCookie(header, secret)).toBeNull();
});

test("an expired cookie is nobody, whether it was seen before or not", async () => {
  // Behind jose's tolerance of 15 s for clocks that differ.
  expect(await identifyCookie(cookie(await issue(-20)), secret)).toBeNull();
  const withinTolerance = cookie(await issue(-1));
  await identifyCookie(withinTolerance, secret);
  expect(await identifyCookie(withinTolerance, secret)).toBeNull();
});

test.each([
  ["no header", undefined],
  ["no session cookie", "theme=dark"],
  ["an empty value", `${sessionCookieName}=`],
  ["garbage", `${sessionCookieName}=abc.def`],
  ["a cookie whose name only ends alike", `x-${sessionCookieName}=abc`],
  ["a cookie whose name only begins alike", `${sessionCookieName}x=abc`],
])("%s is nobody", async (_, header) => {
  expect(await identifyCookie(header, secret)).toBeNull();
});

test("claims without user or epoch are nobody", async () => {
  expect(await identifyCookie(cookie(await issue(60, secret, { sub: "u1" })), secret)).toBeNull();
  expect(await identifyCookie(cookie(await issue(60, secret, { epoch: 1 })), secret)).toBeNull();
});
