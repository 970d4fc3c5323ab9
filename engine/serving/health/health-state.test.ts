import { expect, test } from "vitest";
import { type HealthSignal, initialHealth, nextHealth } from "./health-state.ts";

const pass: HealthSignal = { kind: "passed", slow: null };
const slow: HealthSignal = { kind: "passed", slow: "answers slowly" };
const fail: HealthSignal = { kind: "failed", message: "answered 503" };
const started: HealthSignal = { kind: "started" };
const crashed: HealthSignal = { kind: "crashed", message: "exited" };
const quarantined: HealthSignal = { kind: "quarantined", message: "crashed 5 times" };
const stopped: HealthSignal = { kind: "stopped" };

test.each<[string, HealthSignal[], string]>([
  ["is starting before anything is known", [], "starting"],
  ["is healthy after one good answer", [pass], "healthy"],
  ["is still starting while its first answers fail", [fail, fail], "starting"],
  ["is failing when its first three answers fail", [fail, fail, fail], "failing"],
  ["is degraded after one failure", [pass, fail], "degraded"],
  ["is degraded after two failures", [pass, fail, fail], "degraded"],
  ["is failing after three failures in a row", [pass, fail, fail, fail], "failing"],
  ["is healthy again after a single failure", [pass, fail, pass], "healthy"],
  ["counts failures in a row, not in all", [pass, fail, fail, pass, fail], "degraded"],
  ["needs two good answers once it was failing", [fail, fail, fail, pass], "failing"],
  ["is healthy after two good answers once it was failing", [fail, fail, fail, pass, pass], "healthy"],
  ["stays failing when good and bad answers take turns", [fail, fail, fail, pass, fail, pass], "failing"],
  ["is degraded when it answers slowly", [pass, slow], "degraded"],
  ["is healthy when it answers quickly again", [pass, slow, pass], "healthy"],
  ["is failing once it crashed", [pass, crashed], "failing"],
  ["is starting once it was started again", [pass, crashed, started], "starting"],
  ["is healthy at the first good answer after a new start", [crashed, started, pass], "healthy"],
  ["stays in quarantine when an answer comes late", [pass, quarantined, pass, fail], "quarantined"],
  ["leaves quarantine when it is started", [quarantined, started], "starting"],
  ["stays stopped when an answer comes late", [pass, stopped, fail, pass], "stopped"],
])("a module %s", (_, signals, state) => {
  expect(signals.reduce(nextHealth, initialHealth).state).toBe(state);
});

test("the reason is kept as long as it is not healthy, and no longer", () => {
  const degraded = [pass, fail].reduce(nextHealth, initialHealth);
  expect(degraded.message).toBe("answered 503");
  expect(nextHealth(degraded, pass).message).toBeNull();
  expect(nextHealth(degraded, crashed).message).toBe("exited");
});
