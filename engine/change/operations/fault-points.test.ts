import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { alsoInRecovery, type Scenario, scenarios } from "../install/testing/crash-cases.ts";
import { stepNames } from "./plan-steps.ts";

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
const stepPoints = stepNames.flatMap((name) => [`${name}.before`, `${name}.after`]);

test("a test kills the host before and after every step there is, and at every other point", () => {
  expect([...killed].sort()).toEqual([...new Set([...namedPoints(), ...stepPoints])].sort());
});

test("a test kills the host at every point of recovery while it recovers", () => {
  const inRecovery = namedPoints().filter((point) => point.startsWith("recover."));
  expect([...killedInRecovery].sort()).toEqual([...new Set([...inRecovery, ...alsoInRecovery])].sort());
});

test("every step of an operation is run as a step, which is where its points are", () => {
  const sources = ["run-operation.ts", "prepare-modules.ts", "move-ahead.ts", "build-indexes.ts"].map(
    (file) => readFileSync(join(import.meta.dirname, file), "utf8"),
  );
  const run = new Set(
    sources.flatMap((source) => [...source.matchAll(/steps\s*\.step\("(\w+)"/g)].map((match) => match[1])),
  );
  // Changes of the schema are run under the name of what they are.
  for (const name of ["migrate", "restore"]) run.add(name);
  expect([...run].sort()).toEqual([...stepNames].sort());
});
