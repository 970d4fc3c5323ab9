import { expect, test } from "vitest";
import { createRouter, malformedPath } from "./create-router.ts";

const find = createRouter(
  { "GET /posts/:id": "post", "GET /posts/new": "form", "POST /posts": "create", "PUT /posts/:id": "change" },
  (_, value) => value.length <= 8,
);

test.each([
  ["GET", "/posts/7", { handler: "post", params: { id: "7" } }],
  ["GET", "/posts/a%20b", { handler: "post", params: { id: "a b" } }],
  // Fixed before a parameter, whichever was written first.
  ["GET", "/posts/new", { handler: "form", params: {} }],
  ["HEAD", "/posts/7", { handler: "post", params: { id: "7" } }],
  ["DELETE", "/posts/7", { allowed: ["GET", "PUT", "HEAD"] }],
  ["GET", "/posts", { allowed: ["POST"] }],
  ["GET", "/posts/", null],
  ["GET", "/posts/7/more", null],
  // Refused by `accepts`: no such address, with whatever method.
  ["GET", "/posts/far-too-long", null],
  ["DELETE", "/posts/far-too-long", null],
  ["GET", "/posts/%E0%A4%A", malformedPath],
  ["DELETE", "/posts/%E0%A4%A", malformedPath],
])("%s %s", (method, path, expected) => {
  expect(find(method, path)).toEqual(expected);
});

test("a route that is no method and path is refused", () => {
  expect(() => createRouter({ "posts/:id": "post" })).toThrow('must look like "GET /v1/posts/:id"');
});
