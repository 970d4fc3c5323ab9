import { expect, test } from "vitest";
import { confirmLabel, planTitle, type StepWords, withAccess, withData } from "./plan-words";

const step = (over: Partial<StepWords>): StepWords => ({
  action: "install",
  title: "Polls",
  from: null,
  to: "1.0.0",
  neededBy: null,
  data: null,
  ...over,
});
const install = { action: "install", module: "polls" } as const;

test("a plan is called by what was asked for, not by what that pulls in", () => {
  const steps = [step({ title: "Graph", neededBy: "polls" }), step({})];
  expect(planTitle([install], steps)).toBe("Install Polls 1.0.0");
});

test("the button of a deletion names what it destroys", () => {
  const steps = [step({ action: "uninstall", data: "delete", to: null })];
  expect(confirmLabel([{ action: "uninstall", module: "polls", data: "delete" }], steps)).toBe(
    "Uninstall Polls and delete the data",
  );
});

test("a rollback is called by its generation", () => {
  expect(planTitle([{ action: "rollback", generation: 41 }], [step({})])).toBe("Go back to generation 41");
});

test("another choice of access changes installs alone", () => {
  const changes = [install, { action: "upgrade", module: "graph" } as const];
  expect(withAccess(changes, { mode: "everyone" })).toEqual([
    { ...install, access: { mode: "everyone" } },
    { action: "upgrade", module: "graph" },
  ]);
});

test("a choice about data that does not fit the change leaves it as it is", () => {
  expect(withData([install], "polls", "delete")).toEqual([install]);
  expect(withData([install], "polls", "fresh")).toEqual([{ ...install, data: "fresh" }]);
});
