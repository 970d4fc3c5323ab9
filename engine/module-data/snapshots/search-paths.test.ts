import { expect, test } from "vitest";
import { parseSearchPath, searchPathOf } from "./search-paths.ts";

test("a search path is read as PostgreSQL reads it", () => {
  expect(parseSearchPath('"$user", public')).toEqual(["$user", "public"]);
  expect(parseSearchPath('App,"My ""own"", app" , pg_catalog')).toEqual([
    "app",
    'My "own", app',
    "pg_catalog",
  ]);
  expect(parseSearchPath('""')).toEqual([""]);
  expect(parseSearchPath("")).toEqual([]);
});

test("a database that sets none has PostgreSQL's own", () => {
  expect(searchPathOf([{ name: "TimeZone", value: "UTC" }])).toEqual(["$user", "public"]);
  expect(searchPathOf([{ name: "search_path", value: "app" }])).toEqual(["app"]);
});
