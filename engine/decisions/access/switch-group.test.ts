import { describe, expect, it } from "vitest";
import { switchGroup } from "./switch-group.ts";

const of = (...groups: string[]) => ({ mode: "groups" as const, groups });
const nobody = { mode: "nobody" } as const;
const everyone = { mode: "everyone" } as const;
const rules = { mode: "rules" as const, targeting: {} };
const give = (group: string) => ({ group, on: true });
const take = (group: string) => ({ group, on: false });

describe("a module", () => {
  it.each([
    ["is given beside the groups that have it", of("staff"), give("guests"), of("guests", "staff")],
    ["is given once", of("staff"), give("staff"), of("staff")],
    ["that nobody had opens to the group", nobody, give("staff"), of("staff")],
    ["without a rule opens to the group", null, give("staff"), of("staff")],
    ["is nobody's once its last group goes", of("staff"), take("staff"), nobody],
  ])("%s", (_, own, change, expected) => {
    expect(switchGroup({ own }, change)).toEqual(expected);
  });

  it.each([everyone, rules])("is never switched for one group where it is %j", (own) => {
    for (const change of [give("staff"), take("staff")])
      expect(() => switchGroup({ own }, change)).toThrow(expect.objectContaining({ code: "CONFLICT" }));
  });
});

describe("a widget", () => {
  it("leaves its module's rule when they differ", () => {
    expect(switchGroup({ own: null, inherited: of("staff") }, give("guests"))).toEqual(of("guests", "staff"));
  });

  it("follows its module again when both say the same", () => {
    const own = of("guests", "staff");
    expect(switchGroup({ own, inherited: of("staff") }, take("guests"))).toBeNull();
    expect(switchGroup({ own: of("staff"), inherited: null }, take("staff"))).toBeNull();
  });

  it("with a rule of its own may be switched though everyone has the module", () => {
    expect(switchGroup({ own: of("staff"), inherited: everyone }, give("guests"))).toEqual(
      of("guests", "staff"),
    );
    expect(() => switchGroup({ own: null, inherited: everyone }, give("staff"))).toThrow();
  });
});
