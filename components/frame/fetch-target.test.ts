import { describe, expect, it } from "vitest";
import { allowedHeaders, resolveFetchTarget } from "./fetch-target.ts";

const origin = "https://graft.example";
const resolve = (path: string, method = "GET") =>
  resolveFetchTarget({ module: "polls", origin }, path, method);

describe("a frame's request reaches its own module's API", () => {
  it.each([
    ["/v1/posts", "/api/v1/polls/posts"],
    ["/v1", "/api/v1/polls"],
    ["/v1/", "/api/v1/polls/"],
    ["/v2/posts/1?page=2&q=a%20b", "/api/v2/polls/posts/1?page=2&q=a%20b"],
    ["/v1?limit=5", "/api/v1/polls?limit=5"],
    ["/v1/entities/a%2Fb", "/api/v1/polls/entities/a%2Fb"],
    ["/v1/posts?next=../..//x", "/api/v1/polls/posts?next=../..//x"],
    ["/v1/über", "/api/v1/polls/%C3%BCber"],
  ])("%s becomes %s", (path, url) => {
    expect(resolve(path)).toEqual({ ok: true, url });
  });
});

describe("a frame's request cannot leave its own module's API", () => {
  it.each([
    ["", "empty"],
    ["posts", "relative"],
    ["//evil.example/x", "protocol-relative"],
    ["https://evil.example/v1/x", "absolute"],
    ["/api/v1/graft/users", "the host's API"],
    ["/v1x/posts", "not a version"],
    ["/v0/posts", "version zero"],
    ["/v01/posts", "leading zero"],
    ["/v1/../graft/users", "dot segments"],
    ["/v1/%2e%2e/graft/users", "encoded dots"],
    ["/v1/.%2E/graft", "half encoded dots"],
    ["/v1/..%2fgraft", "encoded slash after dots"],
    ["/v1/a/..%5c..%5cgraft", "encoded backslash"],
    ["/v1/..\\graft", "backslash"],
    ["/v1/.", "single dot"],
    ["/v1//evil.example", "empty segment"],
    ["/v1/a\n/../b", "line feed"],
    ["/v1/.\t./graft", "tab inside dots"],
    ["/v1/a#b", "fragment"],
    ["/v1/%", "broken encoding"],
    ["/v1/a b", "space"],
  ])("%j is refused (%s)", (path) => {
    expect(resolve(path).ok).toBe(false);
  });

  it.each(["CONNECT", "TRACE", "OPTIONS", "get", "FOO"])("method %s is refused", (method) => {
    expect(resolve("/v1/posts", method).ok).toBe(false);
  });
});

describe("headers of a frame's request", () => {
  it("keep what an API needs", () => {
    const headers = { "content-type": "application/json", accept: "*/*", "if-match": '"1"', "x-trace": "1" };
    expect(allowedHeaders(headers)).toEqual(headers);
  });

  it("lose credentials, identities and switches of servers in between", () => {
    const names = [
      "authorization",
      "cookie",
      "graft-identity",
      "graft-on-behalf",
      "x-forwarded-for",
      "x-http-method-override",
      "x-middleware-subrequest",
      "sec-fetch-site",
      "origin",
    ];
    expect(allowedHeaders(Object.fromEntries(names.map((n) => [n, "x"])))).toEqual({});
  });

  it("lose what fetch would throw on", () => {
    expect(allowedHeaders({ "bad name": "x", good: "a\nb", fine: "ok" })).toEqual({ fine: "ok" });
  });
});
