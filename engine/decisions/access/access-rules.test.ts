import { expect, test } from "vitest";
import type { AccessSetting } from "../../../contract/access.ts";
import type { Identity } from "../../people/index.ts";
import { groupsIn, withoutGroup } from "./access-rules.ts";
import { compileRules } from "./compile-rules.ts";

const installed = [{ name: "news", widgets: ["recent"] }];
const inStaff = { in: ["staff", { var: "groups" }] };

function share(percent: number): AccessSetting {
  const fractional = [
    ["given", percent],
    ["withheld", 100 - percent],
  ];
  return { mode: "rules", targeting: { if: [inStaff, { fractional }, null] } };
}
function user(i: number, groups = ["staff"]): Identity {
  return {
    userId: `user-${i}`,
    name: `User ${i}`,
    email: `${i}@example.org`,
    role: "member",
    groups,
    enabled: true,
    sessionEpoch: 1,
    locale: null,
    timeZone: null,
  };
}
const holders = (percent: number, target = "news/recent") => {
  const decide = compileRules(new Map([[target, share(percent)]]), installed);
  return Array.from({ length: 10_000 }, (_, i) => user(i)).filter((one) => decide(one, target).allowed);
};

test("a tenth of a group gets it, and raising the share takes it from nobody", () => {
  const [tenth, quarter] = [holders(10), holders(25)].map((users) => new Set(users.map((one) => one.userId)));
  expect(tenth?.size).toBeGreaterThan(900);
  expect(tenth?.size).toBeLessThan(1100);
  expect([...(tenth ?? [])].filter((id) => !quarter?.has(id))).toEqual([]);
  expect(holders(100)).toHaveLength(10_000);
  expect(holders(0)).toHaveLength(0);
});

test("shares of two widgets are drawn apart", () => {
  const twoWidgets = [{ name: "news", widgets: ["recent", "top"] }];
  const rules = new Map([
    ["news/recent", share(50)],
    ["news/top", share(50)],
  ]);
  const decide = compileRules(rules, twoWidgets);
  const both = Array.from({ length: 2000 }, (_, i) => user(i)).filter((one) =>
    ["news/recent", "news/top"].every((target) => decide(one, target).allowed),
  );
  expect(both.length).toBeGreaterThan(400);
  expect(both.length).toBeLessThan(600);
});

test("rules give nothing to whoever is outside the group, and nothing when they cannot be evaluated", () => {
  const decide = compileRules(new Map([["news", share(100)]]), installed);
  expect(decide(user(1, []), "news")).toMatchObject({ allowed: false, reason: "NOT_BY_RULE", rule: "news" });
  expect(decide(user(1), "news")).toMatchObject({ allowed: true, reason: "BY_RULE" });
  const wrong: AccessSetting = { mode: "rules", targeting: { nope: [1] } };
  expect(compileRules(new Map([["news", wrong]]), installed)(user(1), "news").allowed).toBe(false);
});

test("a share of a widget opens the API of its module to those who have it alone", () => {
  const rules = new Map<string, AccessSetting>([
    ["news", { mode: "nobody" }],
    ["news/recent", share(50)],
  ]);
  const decide = compileRules(rules, installed);
  for (let i = 0; i < 100; i++) {
    const has = decide(user(i), "news/recent").allowed;
    expect(decide(user(i), "news/*").allowed).toBe(has);
    expect(decide(user(i), "news").allowed).toBe(false);
  }
});

test("what hangs on a module by @ has a rule of its own or is nobody's, administrators included", () => {
  const rules = new Map<string, AccessSetting>([["news", { mode: "everyone" }]]);
  const admin: Identity = { ...user(1), role: "administrator" };
  expect(compileRules(rules, installed)(admin, "news@next").allowed).toBe(false);
  rules.set("news@next", share(100));
  expect(compileRules(rules, installed)(admin, "news@next")).toMatchObject({
    allowed: true,
    rule: "news@next",
  });
  expect(compileRules(rules, installed)(user(1, []), "news@next").allowed).toBe(false);
});

test("a group that is gone is in no rule: what asked for it alone goes, what asked for others stays", () => {
  const either = { or: [inStaff, { in: ["sales", { var: "groups" }] }] };
  expect(groupsIn({ if: [either, "given", null] })).toEqual(["staff", "sales"]);
  expect(withoutGroup({ if: [either, "given", null] }, "staff")).toEqual({
    if: [{ in: ["sales", { var: "groups" }] }, "given", null],
  });
  expect(withoutGroup({ if: [inStaff, "given", null] }, "staff")).toEqual({});
  expect(withoutGroup({ if: [{ "!": [inStaff] }, "given", null] }, "staff")).toEqual({
    if: [true, "given", null],
  });
  const unusual = { if: [{ "!!": [inStaff] }, "given", null] };
  expect(withoutGroup(unusual, "staff")).toEqual({ if: [{ "!!": [false] }, "given", null] });
});
