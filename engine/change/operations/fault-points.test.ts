import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { alsoInRecovery, type Scenario, scenarios } from "../install/testing/crash-cases.ts";
import { stages } from "./steps/all-steps.ts";
import type { Step } from "./steps/step.ts";

type Points = Pick<Step<never>, "name" | "undo" | "redo">;
const steps = Object.values(stages)
  .flat()
  .flatMap((group): readonly Points[] => group.steps);
const all: Scenario[] = Object.values(scenarios);
const killed = new Set(all.flatMap(({ points, chains = [] }) => [...points, ...chains.flat()]));
const killedInRecovery = new Set(all.flatMap(({ chains = [] }) => chains.flatMap((chain) => chain.slice(1))));

/** Written in the engine's sources, but for backup and restore, whose own test kills them; steps make theirs of their names. */
function namedPoints(): string[] {
  const engine = join(import.meta.dirname, "../..");
  return readdirSync(engine, { recursive: true, encoding: "utf8" })
    .filter(
      (file) => file.endsWith(".ts") && !/^(edge\/host|change\/backup)\/|testing\/|\.test\.ts$/.test(file),
    )
    .flatMap((file) => [...readFileSync(join(engine, file), "utf8").matchAll(/faultPoint\("([^"]+)"\)/g)])
    .map((match) => match[1] as string);
}
const around = (name: string) => [`${name}.before`, `${name}.after`];
/** Of what a step does when the operation does not come to its end. */
const undoPoints = steps.flatMap(({ name, undo }) => [
  ...(undo.uncommitted ? around(`${name}.undo`) : []),
  ...(undo.committed ? around(`${name}.take-back`) : []),
]);
const redoPoints = steps.flatMap(({ name, redo }) => (redo === null ? [] : around(name)));

test("a test kills the host before and after every step there is, run and undone, and at every other point", () => {
  const stepPoints = steps.flatMap(({ name }) => around(name));
  expect([...killed].sort()).toEqual([...new Set([...namedPoints(), ...stepPoints, ...undoPoints])].sort());
});

test("a test kills the host while it recovers at every point of recovery, and around every step that it redoes or undoes", () => {
  const inRecovery = namedPoints().filter((point) => point.startsWith("recover."));
  const wanted = new Set([...inRecovery, ...alsoInRecovery, ...redoPoints, ...undoPoints]);
  expect([...killedInRecovery].sort()).toEqual([...wanted].sort());
});

test("every step that a file of steps/ has stands in the list that plan, run, undoing and recovery read", async () => {
  const dir = join(import.meta.dirname, "steps");
  const exported: unknown[] = [];
  for (const file of readdirSync(dir).filter((name) => !name.endsWith(".test.ts")))
    exported.push(...Object.values(await import(join(dir, file))));
  const found = exported.filter((value) => typeof value === "object" && value !== null && "isTaken" in value);
  expect(new Set(found)).toEqual(new Set(steps));
  expect(found).toHaveLength(steps.length);
});
