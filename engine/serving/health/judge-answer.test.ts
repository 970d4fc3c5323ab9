import { expect, test } from "vitest";
import { judgeAnswer } from "./probe-module.ts";

test.each<[string, number, string | undefined, string, string | null]>([
  ["JSON", 200, "application/json; charset=utf-8", '{"status":"ok"}', null],
  ["health+json", 200, "application/health+json", "{}", null],
  ["plain text", 200, "text/plain", "ok", null],
  ["an empty 200", 200, undefined, "", null],
  ["an empty 204", 204, undefined, "", null],
  ["HTML", 200, "text/html", "<p>hi</p>", "answered /healthz with an HTML page instead of JSON"],
  [
    "HTML under another type",
    200,
    "text/plain",
    "<!DOCTYPE html><p>",
    "answered /healthz with an HTML page instead of JSON",
  ],
  ["broken JSON", 200, "application/json", "{", "answered /healthz with JSON that cannot be parsed"],
  [
    "503 with a problem",
    503,
    "application/problem+json",
    '{"detail":"database is away"}',
    "answered 503 on /healthz: database is away",
  ],
  ["503 with text", 503, "text/plain", "no\n  disk", "answered 503 on /healthz: no disk"],
  ["500 with an HTML page", 500, "text/html", "<h1>Error</h1>", "answered 500 on /healthz"],
  ["404", 404, undefined, "", "answered 404 on /healthz"],
  ["a redirect", 302, undefined, "", "answered 302 on /healthz"],
  ["JSON that is no object", 503, "application/json", "null", "answered 503 on /healthz: null"],
])("%s is judged", (_, status, type, body, expected) => {
  expect(judgeAnswer("/healthz", { status, type, body })).toBe(expected);
});
