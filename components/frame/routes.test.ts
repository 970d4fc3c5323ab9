import { describe, expect, it } from "vitest";
import { framePath, hostAddress, matchPage } from "./routes.ts";

const page = (path: string) => ({ path, title: path, src: `/frames/x${path}` });
const origin = "https://graft.example";

describe("matchPage", () => {
  const pages = [page("/"), page("/settings"), page("/settings/mail")];

  it.each([
    ["/", "/"],
    ["/posts/1", "/"],
    ["/settings", "/settings"],
    ["/settings/", "/settings"],
    ["/settings/other?x=/settings/mail", "/settings"],
    ["/settings/mail/1", "/settings/mail"],
    ["/settingsx", "/"],
  ])("%s is drawn by %s", (path, expected) => {
    expect(matchPage(pages, path)?.path).toBe(expected);
  });

  it("finds none where no page is a prefix", () => {
    expect(matchPage([page("/a")], "/b")).toBeNull();
  });
});

describe("hostAddress", () => {
  it.each([
    ["/", "/m/polls"],
    ["/?x=1", "/m/polls?x=1"],
    ["/1/edit?x=1#y", "/m/polls/1/edit?x=1#y"],
  ])("%s stays below the module's pages", (path, expected) => {
    expect(hostAddress("polls", path, origin)).toBe(expected);
  });

  it.each([
    "",
    "x",
    "//evil.example",
    "/../admin",
    "/%2e%2e/admin",
    "/\\evil",
    "https://evil.example",
    "javascript:1",
  ])("%j leads nowhere", (path) => {
    expect(hostAddress("polls", path, origin)).toBeNull();
  });

  it("is undone by framePath", () => {
    expect(framePath("polls", "/m/polls")).toBe("/");
    expect(framePath("polls", "/m/polls/1/edit", "?x=1#y")).toBe("/1/edit?x=1#y");
  });
});
