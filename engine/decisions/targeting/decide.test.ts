import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AccessSetting } from "../../../contract/access.ts";
import type { Decision } from "../../../contract/decisions.ts";
import type { Identity } from "../../people/index.ts";
import { compileRules } from "../access/compile-rules.ts";
import { explainDecision } from "../access/explain-decision.ts";

function user(groups: string[], enabled = true, role: Identity["role"] = "member"): Identity {
  return {
    userId: "u",
    name: "Ada",
    email: "ada@example.org",
    role,
    groups,
    enabled,
    sessionEpoch: 1,
    locale: null,
    timeZone: null,
  };
}

const installed = [{ name: "news", widgets: ["recent", "top"] }];
const everyone: AccessSetting = { mode: "everyone" };
const nobody: AccessSetting = { mode: "nobody" };
const staff: AccessSetting = { mode: "groups", groups: ["editors", "staff"] };

type Row = [
  title: string,
  rules: Record<string, AccessSetting>,
  groups: string[],
  target: string,
  expected: Partial<Decision>,
  text: string,
];

const table: Row[] = [
  [
    "a module that is not installed is nobody's, whatever rule was left",
    { polls: everyone },
    [],
    "polls",
    { allowed: false, reason: "NOT_INSTALLED", rule: null },
    "Ada does not have the module polls: it is not installed.",
  ],
  [
    "a widget its module does not have is nobody's",
    { news: everyone },
    [],
    "news/gone",
    { allowed: false, reason: "NOT_INSTALLED" },
    "Ada does not have the widget gone of news: it is not installed.",
  ],
  [
    "a module without a rule is nobody's",
    {},
    ["staff"],
    "news",
    { allowed: false, reason: "NO_RULE", rule: null },
    "Ada does not have the module news: nobody was given it yet.",
  ],
  [
    "everyone has what everyone was given",
    { news: everyone },
    [],
    "news",
    { allowed: true, reason: "EVERYONE", rule: "news", group: null },
    "Ada has the module news: it is given to everyone.",
  ],
  [
    "nobody has what nobody was given",
    { news: nobody },
    ["staff"],
    "news",
    { allowed: false, reason: "NOBODY", rule: "news" },
    "Ada does not have the module news: it is given to nobody.",
  ],
  [
    "a member of one of the groups has it, and the group is named",
    { news: staff },
    ["sales", "staff"],
    "news",
    { allowed: true, reason: "IN_GROUP", rule: "news", group: "staff" },
    "Ada has the module news: it is given to the group staff.",
  ],
  [
    "a user outside the groups does not have it",
    { news: staff },
    ["sales"],
    "news",
    { allowed: false, reason: "NOT_IN_GROUP", rule: "news", group: null },
    "Ada does not have the module news: it is given to the groups editors and staff, and Ada is in only sales.",
  ],
  [
    "a widget without a rule follows its module, and names the module's rule",
    { news: staff },
    ["staff"],
    "news/recent",
    { allowed: true, reason: "IN_GROUP", rule: "news", group: "staff" },
    "Ada has the widget recent of news: the module news is given to the group staff.",
  ],
  [
    "a widget of its own rule can be taken from those who have the module",
    { news: everyone, "news/recent": nobody },
    [],
    "news/recent",
    { allowed: false, reason: "NOBODY", rule: "news/recent" },
    "Ada does not have the widget recent of news: it is given to nobody.",
  ],
  [
    "taking one widget leaves the others",
    { news: everyone, "news/recent": nobody },
    [],
    "news/top",
    { allowed: true, reason: "EVERYONE", rule: "news" },
    "Ada has the widget top of news: the module news is given to everyone.",
  ],
  [
    "one widget can be given to those who do not have its module",
    { news: nobody, "news/recent": staff },
    ["staff"],
    "news/recent",
    { allowed: true, reason: "IN_GROUP", rule: "news/recent" },
    "Ada has the widget recent of news: it is given to the group staff.",
  ],
  [
    "whoever has a widget has the API it lives from",
    { news: nobody, "news/recent": staff },
    ["staff"],
    "news/*",
    { allowed: true, reason: "THROUGH_WIDGET", rule: "news/recent" },
    "Ada has the API of news: the widget recent of news is given to the group staff.",
  ],
  [
    "whoever has neither the module nor a widget does not have the API",
    { news: staff, "news/recent": staff },
    [],
    "news/*",
    { allowed: false, reason: "NOT_IN_GROUP", rule: "news" },
    "Ada does not have the API of news: the module news is given to the groups editors and staff, and Ada is in no group.",
  ],
];

describe("who has what", () => {
  test.each(table)("%s", (_, rules, groups, target, expected, text) => {
    const settings = new Map(Object.entries(rules));
    const decide = compileRules(settings, installed);
    expect(decide(user(groups), target)).toMatchObject(expected);
    expect(explainDecision({ decide, settings, identity: user(groups), target }).text).toBe(text);
  });

  test("an administrator reaches every module, and is given widgets like everybody else", () => {
    const decide = compileRules(new Map([["news", nobody]]), installed);
    const admin = user([], true, "administrator");
    expect(decide(admin, "news")).toMatchObject({ allowed: true, reason: "ADMINISTRATOR" });
    expect(decide(admin, "news/*")).toMatchObject({ allowed: true, reason: "ADMINISTRATOR" });
    expect(decide(admin, "news/recent").allowed).toBe(false);
    expect(decide(user([], false, "administrator"), "news").allowed).toBe(false);
  });

  test("a disabled user has nothing", () => {
    const decide = compileRules(new Map([["news", everyone]]), installed);
    expect(decide(user([], false), "news")).toMatchObject({ allowed: false, reason: "USER_DISABLED" });
  });

  test("the same answer is the same frozen object: deciding allocates nothing and callers cannot spoil it", () => {
    const decide = compileRules(new Map([["news", staff]]), installed);
    const first = decide(user(["staff"]), "news");
    expect(decide(user(["a", "staff"]), "news/top")).toBe(first);
    expect(Object.isFrozen(first)).toBe(true);
  });
});

test("compiled rules decide as the rules read", () => {
  const group = fc.constantFrom("a", "b", "c");
  const setting: fc.Arbitrary<AccessSetting | undefined> = fc.oneof(
    fc.constant(undefined),
    fc.constant(everyone),
    fc.constant(nobody),
    fc.record({ mode: fc.constant("groups" as const), groups: fc.uniqueArray(group) }),
  );
  const allows = (rule: AccessSetting | undefined, groups: string[]) =>
    rule?.mode === "everyone" || (rule?.mode === "groups" && rule.groups.some((key) => groups.includes(key)));
  fc.assert(
    fc.property(setting, setting, fc.uniqueArray(group), (module, widget, groups) => {
      const rules = new Map<string, AccessSetting>();
      if (module !== undefined) rules.set("news", module);
      if (widget !== undefined) rules.set("news/recent", widget);
      const decide = compileRules(rules, installed);
      const hasModule = allows(module, groups);
      expect(decide(user(groups), "news").allowed).toBe(hasModule);
      expect(decide(user(groups), "news/recent").allowed).toBe(
        widget === undefined ? hasModule : allows(widget, groups),
      );
      expect(decide(user(groups), "news/*").allowed).toBe(hasModule || allows(widget, groups));
    }),
  );
});
