import { describe, expect, it } from "vitest";
import { groupState, sameSetting, switchGroup } from "./group-access.ts";

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

describe("switchGroup", () => {
  it("adds the group beside those that have it", () => {
    expect(switchGroup({ mode: "groups", groups: ["staff"] }, "guests", true)).toEqual({
      mode: "groups",
      groups: ["guests", "staff"],
    });
  });

  it("adds it once", () => {
    expect(switchGroup({ mode: "groups", groups: ["staff"] }, "staff", true)).toEqual({
      mode: "groups",
      groups: ["staff"],
    });
  });

  it("opens to the group what nobody had", () => {
    expect(switchGroup({ mode: "nobody" }, "staff", true)).toEqual({ mode: "groups", groups: ["staff"] });
    expect(switchGroup(null, "staff", true)).toEqual({ mode: "groups", groups: ["staff"] });
  });

  it("leaves nobody when the last group goes", () => {
    expect(switchGroup({ mode: "groups", groups: ["staff"] }, "staff", false)).toEqual({ mode: "nobody" });
  });

  it("never narrows what everyone has", () => {
    expect(switchGroup({ mode: "everyone" }, "staff", false)).toBeNull();
    expect(switchGroup({ mode: "everyone" }, "staff", true)).toBeNull();
  });
});

describe("sameSetting", () => {
  it("compares groups as a set", () => {
    const of = (...groups: string[]) => ({ mode: "groups" as const, groups });
    expect(sameSetting(of("a", "b"), of("b", "a"))).toBe(true);
    expect(sameSetting(of("a"), of("a", "b"))).toBe(false);
    expect(sameSetting(of("a"), { mode: "nobody" })).toBe(false);
    expect(sameSetting({ mode: "nobody" }, { mode: "nobody" })).toBe(true);
    expect(sameSetting(null, { mode: "nobody" })).toBe(false);
  });
});
