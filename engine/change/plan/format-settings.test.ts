import { expect, test } from "vitest";
import type { AccessSetting } from "../../decisions/index.ts";
import { asItWasLeft, formatSettings } from "./format-settings.ts";
import { createPlanWorld } from "./testing/plan-world.ts";

const withSecret = { type: "object", properties: { key: { format: "secret" } } };
const { stored } = createPlanWorld({
  modules: { "notes@1.0.0": {}, "safe@1.0.0": { manifest: { config: withSecret } } },
});
const format = (access: Record<string, AccessSetting>, config = {}, name = "notes") =>
  formatSettings({ access, config }, stored(`${name}@1.0.0`).manifest);

test.each<[string, Record<string, AccessSetting>, string]>([
  ["no rule", {}, "given to nobody."],
  ["nobody", { notes: { mode: "nobody" } }, "given to nobody."],
  ["everyone", { notes: { mode: "everyone" } }, "given to everyone."],
  ["groups", { notes: { mode: "groups", groups: ["staff", "guests"] } }, "given to staff, guests."],
  ["rules", { notes: { mode: "rules", targeting: {} } }, "given to those its rules name."],
  [
    "a widget with a rule of its own",
    { notes: { mode: "everyone" }, "notes/recent": { mode: "nobody" } },
    "given to everyone, notes/recent to nobody.",
  ],
])("who had it is said in words: %s", (_, access, text) => {
  expect(format(access)).toBe(`${asItWasLeft}${text}`);
});

test("its settings are listed, and a module with secrets says that they are to be entered again", () => {
  expect(format({}, { limit: 7, tone: "dry" })).toMatch(/ Settings: limit 7, tone "dry"\.$/);
  expect(format({}, {}, "safe")).toMatch(/ Its secrets have to be entered again\.$/);
});
