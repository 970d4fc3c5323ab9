import { describe, expect, it } from "vitest";
import { groupState } from "./group-access.ts";

describe("groupState", () => {
  it.each([
    [null, "off"],
    [{ mode: "nobody" }, "off"],
    [{ mode: "everyone" }, "everyone"],
    [{ mode: "groups", groups: ["staff"] }, "on"],
    [{ mode: "groups", groups: ["guests"] }, "off"],
  ] as const)("of %j is %s", (setting, expected) => {
    expect(groupState(setting === null ? null : (structuredClone(setting) as never), "staff")).toBe(expected);
  });
});
