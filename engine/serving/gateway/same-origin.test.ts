import { expect, it } from "vitest";
import { isSameOriginRequest } from "./same-origin.ts";

const host = "graft.lan:3000";

it.each([
  ["GET", { "sec-fetch-site": "cross-site" }, true],
  ["HEAD", {}, true],
  ["POST", { "sec-fetch-site": "same-origin" }, true],
  ["POST", { "sec-fetch-site": "same-site", origin: "http://graft.lan:3000" }, false],
  ["POST", { "sec-fetch-site": "cross-site", origin: "null" }, false],
  ["DELETE", { origin: "http://graft.lan:3000" }, true],
  ["DELETE", { origin: "https://graft.lan:3000" }, true],
  ["DELETE", { origin: "http://graft.lan" }, false],
  ["DELETE", { origin: "http://graft.lan:3000.evil.example" }, false],
  ["DELETE", { origin: "ftp://graft.lan:3000" }, false],
  ["DELETE", { origin: "null" }, false],
  ["DELETE", { origin: "not a URL" }, false],
  ["PUT", {}, false],
])("%s with %o is same-origin: %s", (method, headers, expected) => {
  expect(isSameOriginRequest(method, { host, ...headers }, undefined)).toBe(expected);
});

it("behind a proxy the public address counts, whatever Host the proxy sends", () => {
  const headers = { host: "127.0.0.1:3000", origin: "https://graft.example" };
  expect(isSameOriginRequest("POST", headers, "https://graft.example/")).toBe(true);
  expect(isSameOriginRequest("POST", headers, undefined)).toBe(false);
  expect(isSameOriginRequest("POST", headers, "https://other.example")).toBe(false);
});
