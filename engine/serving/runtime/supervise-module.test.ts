import { describe, expect, test } from "vitest";
import { noCrashes } from "./restart-policy.ts";
import { neverStarted, type Supervision, type SupervisionEvent, shownAs } from "./supervision.ts";
import { transition } from "./transition.ts";
import type { ModuleSpec } from "./types.ts";

// Each state × each event. Processes are names here.

const policy = { minDelayMs: 100, maxDelayMs: 1000, quarantineCrashes: 3, quarantineWindowMs: 60_000 };
const spec = (version: string) => ({ name: "polls", version }) as ModuleSpec;
const [v1, v2] = [spec("1"), spec("2")];
const memory = { spec: v1, wanted: v1, restarts: 0, lastError: null, crashes: noCrashes };
const launching = { isRestart: false, before: { spec: v1, wanted: v1 } };
const serving = { process: "old", since: 0 };
const failure = { reason: "exited with status 1", exitCode: 1, signal: null, now: 10, random: 0 };

const states = {
  stopped: { ...memory, wanted: null, kind: "stopped" },
  "starting, else stopped": { ...memory, kind: "starting", launching, otherwise: "stopped" },
  "starting, else backoff": { ...memory, kind: "starting", launching, otherwise: "backoff" },
  "starting, else quarantined": { ...memory, kind: "starting", launching, otherwise: "quarantined" },
  running: { ...memory, ...serving, kind: "running" },
  replacing: { ...memory, ...serving, kind: "replacing", launching },
  "fallen, else backoff": { ...memory, kind: "fallen", launching, otherwise: "backoff" },
  "fallen, else quarantined": { ...memory, kind: "fallen", launching, otherwise: "quarantined" },
  backoff: { ...memory, kind: "backoff" },
  retrying: { ...memory, kind: "retrying" },
  quarantined: { ...memory, kind: "quarantined" },
} satisfies Record<string, Supervision<string>>;

const events = {
  start: { kind: "start", target: v2, isRestart: false },
  retry: { kind: "retry" },
  launched: { kind: "launched", process: "new", spec: v2, now: 20 },
  "launch-failed": { kind: "launch-failed", ...failure },
  exited: { kind: "exited", process: "old", ...failure },
  "stop-asked": { kind: "stop-asked" },
  stop: { kind: "stop", drainMs: 500 },
} satisfies Record<string, SupervisionEvent<string>>;

type StateName = keyof typeof states;
type EventName = keyof typeof events;

const ask = "retry-never abort-launch";
const crash = "log emit:crashed retry-after";
const ended = "stopped: retry-never drain emit:stopped";
/** The state that follows, then what is done; "same" is the state as it was, with nothing done. */
const table: Record<StateName, Record<EventName, string>> = {
  stopped: {
    start: "starting, else stopped: retry-never launch",
    ...{ retry: "same", launched: "running:", "launch-failed": "same", exited: "same" },
    ...{ "stop-asked": `stopped: ${ask}`, stop: "stopped: retry-never drain" },
  },
  "starting, else stopped": {
    ...{
      start: "same",
      retry: "same",
      launched: "running:",
      "launch-failed": "stopped: log",
      exited: "same",
    },
    ...{ "stop-asked": `starting, else stopped: ${ask}`, stop: ended },
  },
  "starting, else backoff": {
    ...{ start: "same", retry: "same", launched: "running:", exited: "same" },
    "launch-failed": `backoff: log retry-never ${crash}`,
    ...{ "stop-asked": `starting, else stopped: ${ask}`, stop: ended },
  },
  "starting, else quarantined": {
    ...{ start: "same", retry: "same", launched: "running:", exited: "same" },
    "launch-failed": "quarantined: log",
    ...{ "stop-asked": `starting, else quarantined: ${ask}`, stop: ended },
  },
  running: {
    start: "replacing: retry-never launch",
    ...{ retry: "same", launched: "running: retire", "launch-failed": "same", exited: `backoff: ${crash}` },
    ...{ "stop-asked": `running: ${ask}`, stop: ended },
  },
  replacing: {
    ...{ start: "same", retry: "same", launched: "running: retire", "launch-failed": "running: log" },
    exited: `fallen, else backoff: ${crash}`,
    ...{ "stop-asked": `replacing: ${ask}`, stop: ended },
  },
  "fallen, else backoff": {
    ...{ start: "same", retry: "same", launched: "running:", exited: "same" },
    "launch-failed": `backoff: log retry-never ${crash}`,
    ...{ "stop-asked": `starting, else stopped: ${ask}`, stop: ended },
  },
  "fallen, else quarantined": {
    ...{ start: "same", retry: "same", launched: "running:", exited: "same" },
    "launch-failed": "quarantined: log",
    ...{ "stop-asked": `fallen, else quarantined: ${ask}`, stop: ended },
  },
  backoff: {
    ...{ start: "starting, else backoff: retry-never launch", retry: "retrying: launch" },
    ...{ launched: "running:", "launch-failed": "same", exited: "same" },
    ...{ "stop-asked": `stopped: ${ask}`, stop: ended },
  },
  retrying: {
    ...{ start: "same", retry: "same", launched: "running: emit:restarted", exited: "same" },
    "launch-failed": `backoff: ${crash}`,
    ...{ "stop-asked": `stopped: ${ask}`, stop: ended },
  },
  quarantined: {
    ...{ start: "starting, else quarantined: retry-never launch", retry: "same" },
    ...{ launched: "running:", "launch-failed": "same", exited: "same" },
    ...{ "stop-asked": `quarantined: ${ask}`, stop: ended },
  },
};

function nameOf(state: Supervision<string>): string {
  return "otherwise" in state ? `${state.kind}, else ${state.otherwise}` : state.kind;
}
function after(state: Supervision<string>, event: SupervisionEvent<string>): string {
  const next = transition(state, event, policy);
  if (next.state === state && next.effects.length === 0) return "same";
  const done = next.effects.map((effect) =>
    effect.kind === "emit" ? `emit:${effect.event.kind}` : effect.kind,
  );
  return [`${nameOf(next.state)}:`, ...done].join(" ");
}

describe.each(Object.entries(table))("a module that is %s", (state, row) => {
  test.each(Object.entries(row))("after %s: %s", (event, expected) => {
    expect(after(states[state as StateName], events[event as EventName])).toBe(expected);
  });
});

describe("what is remembered", () => {
  const run = (from: Supervision<string>, ...happened: SupervisionEvent<string>[]) =>
    happened.reduce((state, event) => transition(state, event, policy).state, from);

  test("a first start that fails leaves no status, and what was wanted for a restart", () => {
    const state = run(neverStarted, { ...events.start, target: v1 }, events["launch-failed"]);
    expect(state).toMatchObject({ kind: "stopped", spec: null, wanted: v1, lastError: failure.reason });
  });

  test("a version that was refused leaves the one that serves, for a restart too", () => {
    const state = run(states.running, events.start, events["launch-failed"]);
    expect(state).toMatchObject({ kind: "running", process: "old", since: 0, spec: v1, wanted: v1 });
  });

  test("a version that took over is what serves and restarts, and earlier crashes count no more", () => {
    const shaken = { ...states.running, crashes: { times: [1, 2], streak: 2 }, lastError: "fell" };
    const state = run(shaken, events.start, events.launched);
    expect(state).toMatchObject({ kind: "running", process: "new", since: 20, spec: v2, wanted: v2 });
    expect(state).toMatchObject({ crashes: noCrashes, lastError: null, restarts: 0 });
  });

  test("a retry that succeeds is a restart after which crashes still count", () => {
    const state = run(states.running, events.exited, events.retry, events.launched);
    expect(state).toMatchObject({ kind: "running", restarts: 1, lastError: failure.reason });
    expect(state.crashes.times).toEqual([10]);
  });

  test("a restart by hand counts as one, and is told", () => {
    const asked = { ...events.start, target: v1, isRestart: true };
    const state = run(states.quarantined, asked);
    const { state: up, effects } = transition(state, events.launched, policy);
    expect(up).toMatchObject({ kind: "running", restarts: 1 });
    expect(effects).toEqual([{ kind: "emit", event: { kind: "restarted", attempt: 1 } }]);
  });

  test("crashes and failed retries fill one budget, then it is in quarantine", () => {
    const kinds = ["exited", "retry", "launch-failed", "retry", "launch-failed"] as const;
    const seen = kinds.map((_, i) =>
      run(states.running, ...kinds.slice(0, i + 1).map((kind) => events[kind])),
    );
    expect(seen.map(({ kind }) => kind)).toEqual([
      ...["backoff", "retrying", "backoff", "retrying", "quarantined"],
    ]);
  });

  test("a process that was replaced may end as it likes", () => {
    const state = run(states.running, events.start, events.launched, events.exited);
    expect(state).toMatchObject({ kind: "running", process: "new" });
  });

  test("a stop forgets what was wanted and every crash, not what ran", () => {
    const state = run(states.running, events.exited, events["stop-asked"], events.stop);
    expect(state).toMatchObject({ kind: "stopped", spec: v1, wanted: null, crashes: noCrashes });
  });

  test("a retry that a stop overtook fails unheard", () => {
    const state = run(states.backoff, events.retry, events["stop-asked"], events["launch-failed"]);
    expect(state).toMatchObject({ kind: "stopped", lastError: null });
  });

  test.each([
    ["replacing", "running"],
    ["retrying", "backoff"],
    ["fallen, else backoff", "backoff"],
    ["fallen, else quarantined", "quarantined"],
    ["starting, else backoff", "starting"],
  ] as const)("%s is shown as %s", (state, shown) => {
    expect(shownAs(states[state])).toBe(shown);
  });
});
