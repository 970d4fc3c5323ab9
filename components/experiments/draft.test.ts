import { expect, test } from "vitest";
import type { ExperimentView, GoalSource } from "@/contract/experiments";
import { draftOf, inputOf } from "./draft.ts";

const source = (goal: string): GoalSource => ({
  ...{ module: "news", moduleTitle: "News", goal, title: goal, description: "", kind: "conversion" },
});
const goals = [source("read"), source("liked"), source("hidden")];
const flags = [{ key: "news.size", description: "", variants: ["small", "big", "huge"], control: "small" }];
const experiment: ExperimentView = {
  ...{ id: "1", title: "Bigger", hypothesis: "More is read", flagKey: "news.size", status: "draft" },
  variants: [
    { variant: "huge", weight: 3 },
    { variant: "small", weight: 1 },
  ],
  audience: [
    { kind: "attribute", name: "email", operator: "ends_with", value: "@example.org" },
    { kind: "groups", groups: ["staff"] },
  ],
  share: 40,
  goals: [
    { module: "news", goal: "liked", title: "Liked", kind: "conversion", direction: "up" },
    { module: "news", goal: "hidden", title: "Hidden", kind: "conversion", direction: "down" },
  ],
  alpha: 0.01,
  ...{ tunedFor: null, winner: null, createdBy: "Ada", createdAt: "", startedAt: null, stoppedAt: null },
  concludedAt: null,
};

test("a draft that is opened and saved stays what it was, what the form cannot show included", () => {
  const { draft, lost } = draftOf(experiment, flags, goals);
  expect(lost).toEqual([]);
  expect(draft.rows.map(({ variant, included }) => [variant, included])).toEqual([
    ["huge", true],
    ["small", true],
    ["big", false],
  ]);
  const { title, hypothesis, flagKey, variants, share, alpha } = experiment;
  expect(inputOf(draft, goals, experiment)).toEqual({
    ...{ title, hypothesis, flagKey, variants, share, alpha },
    audience: experiment.audience.toReversed(),
    goals: experiment.goals.map(({ module, goal, direction }) => ({ module, goal, direction })),
  });
});

test("what is gone since is named", () => {
  const smaller = [{ ...(flags[0] as (typeof flags)[number]), variants: ["small", "big"] }];
  expect(draftOf(experiment, smaller, [source("read")]).lost).toEqual([
    "the variant huge",
    "the goal Liked",
    "the goal Hidden",
  ]);
  expect(draftOf(experiment, [], goals).lost).toEqual(["the flag news.size"]);
});
