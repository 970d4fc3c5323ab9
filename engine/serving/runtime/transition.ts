import { afterCrash, noCrashes, type RestartPolicy } from "./restart-policy.ts";
import type {
  Failure,
  Launching,
  Memory,
  Supervision,
  SupervisionEffect,
  SupervisionEvent,
  Transition,
} from "./supervision.ts";
import type { ModuleSpec } from "./types.ts";

/**
 * What becomes of one module: state × event → state and effects. Nothing here waits, reads a clock or does anything;
 * `supervise-module.ts` does, and tells what happened. What cannot matter in a state changes nothing.
 */
export function transition<Process>(
  state: Supervision<Process>,
  event: SupervisionEvent<Process>,
  policy: RestartPolicy,
): Transition<Process> {
  switch (event.kind) {
    case "start":
      return start(state, event.target, event.isRestart);
    case "retry":
      return state.kind === "backoff" && state.spec !== null
        ? { state: { ...memory(state), kind: "retrying" }, effects: [{ kind: "launch", target: state.spec }] }
        : unchanged(state);
    case "launched":
      return launched(state, event);
    case "launch-failed":
      return launchFailed(state, event, policy);
    case "exited":
      return exited(state, event, policy);
    case "stop-asked":
      return stopAsked(state);
    case "stop":
      return stop(state, event.drainMs);
  }
}

function start<Process>(
  state: Supervision<Process>,
  target: ModuleSpec,
  isRestart: boolean,
): Transition<Process> {
  // Starts take turns: the one before has ended.
  if (isLaunching(state)) return unchanged(state);
  const { spec, wanted } = state;
  const next = { ...memory(state), wanted: target, spec: spec ?? target };
  const launching: Launching = { isRestart, before: { spec, wanted } };
  return {
    state:
      state.kind === "running"
        ? { ...next, kind: "replacing", launching, process: state.process, since: state.since }
        : { ...next, kind: "starting", launching, otherwise: state.kind },
    effects: [{ kind: "retry-never" }, { kind: "launch", target }],
  };
}

function launched<Process>(
  state: Supervision<Process>,
  { process, spec, now }: Extract<SupervisionEvent<Process>, { kind: "launched" }>,
): Transition<Process> {
  const isAgain = state.kind === "retrying" || ("launching" in state && state.launching.isRestart);
  const restarts = state.restarts + (isAgain ? 1 : 0);
  // By itself: it may crash once more, so that what it had done before counts on.
  const forgiven = "launching" in state ? { crashes: noCrashes, lastError: null } : {};
  const effects: SupervisionEffect<Process>[] = [];
  if ("process" in state) effects.push({ kind: "retire", process: state.process });
  if (isAgain) effects.push({ kind: "emit", event: { kind: "restarted", attempt: restarts } });
  return {
    state: { ...memory(state), ...forgiven, restarts, spec, kind: "running", process, since: now },
    effects,
  };
}

function launchFailed<Process>(
  state: Supervision<Process>,
  failure: Failure,
  policy: RestartPolicy,
): Transition<Process> {
  if (state.kind === "retrying") return crashed<Process>(memory(state), { ...failure, ranMs: 0 }, policy);
  // Of one that was stopped meanwhile the stop tells.
  if (!("launching" in state)) return unchanged(state);
  const { before } = state.launching;
  const next: Memory = {
    ...memory(state),
    spec: before.spec === null ? null : state.spec,
    // A restart is of what serves, not of what was refused.
    wanted: before.wanted ?? state.wanted,
    lastError: failure.reason,
  };
  const told: SupervisionEffect<Process> = { kind: "log", text: `did not start: it ${failure.reason}` };
  if (state.kind === "replacing") {
    const { process, since } = state;
    return { state: { ...next, kind: "running", process, since }, effects: [told] };
  }
  if (state.otherwise !== "backoff") return { state: { ...next, kind: state.otherwise }, effects: [told] };
  const again = crashed<Process>(next, { ...failure, ranMs: 0 }, policy);
  return { ...again, effects: [told, { kind: "retry-never" }, ...again.effects] };
}

function exited<Process>(
  state: Supervision<Process>,
  { process, ...failure }: { process: Process } & Failure,
  policy: RestartPolicy,
): Transition<Process> {
  if (!("process" in state) || state.process !== process) return unchanged(state);
  const after = crashed<Process>(memory(state), { ...failure, ranMs: failure.now - state.since }, policy);
  if (state.kind === "running") return after;
  const { launching } = state;
  const next = memory(after.state);
  return { ...after, state: { ...next, kind: "fallen", launching, otherwise: after.state.kind } };
}

function crashed<Process>(
  before: Memory,
  { reason, exitCode, signal, now, random, ranMs }: Failure & { ranMs: number },
  policy: RestartPolicy,
): { state: Memory & { kind: "backoff" | "quarantined" }; effects: SupervisionEffect<Process>[] } {
  const { history, verdict } = afterCrash(before.crashes, { now, ranMs, random }, policy);
  const next = { ...before, lastError: reason, crashes: history };
  const effects: SupervisionEffect<Process>[] = [
    { kind: "log", text: `crashed: it ${reason}` },
    { kind: "emit", event: { kind: "crashed", message: reason, exitCode, signal } },
  ];
  if (verdict.kind === "retry") {
    effects.push({ kind: "retry-after", delayMs: verdict.delayMs });
    return { state: { ...next, kind: "backoff" }, effects };
  }
  const message = `crashed ${history.times.length} times within ${policy.quarantineWindowMs / 1000} s, the last time because it ${reason}`;
  effects.push({ kind: "log", text: `in quarantine: ${message}` });
  effects.push({ kind: "emit", event: { kind: "quarantined", message } });
  return { state: { ...next, kind: "quarantined" }, effects };
}

/** What waits to be tried again is given up at once; what is being made ends, and its failure is no crash. */
function stopAsked<Process>(state: Supervision<Process>): Transition<Process> {
  const effects: SupervisionEffect<Process>[] = [{ kind: "retry-never" }, { kind: "abort-launch" }];
  if (state.kind === "backoff" || state.kind === "retrying")
    return { state: { ...memory(state), kind: "stopped" }, effects };
  if ((state.kind === "starting" || state.kind === "fallen") && state.otherwise === "backoff")
    return {
      state: { ...memory(state), kind: "starting", launching: state.launching, otherwise: "stopped" },
      effects,
    };
  return { state, effects };
}

function stop<Process>(state: Supervision<Process>, drainMs: number): Transition<Process> {
  const process = "process" in state ? state.process : null;
  const effects: SupervisionEffect<Process>[] = [
    { kind: "retry-never" },
    { kind: "drain", process, drainMs },
  ];
  if (state.kind !== "stopped") effects.push({ kind: "emit", event: { kind: "stopped" } });
  return { state: { ...memory(state), kind: "stopped", wanted: null, crashes: noCrashes }, effects };
}

const isLaunching = <Process>(
  state: Supervision<Process>,
): state is Extract<Supervision<Process>, { kind: "starting" | "replacing" | "fallen" | "retrying" }> =>
  "launching" in state || state.kind === "retrying";

function memory({ spec, wanted, restarts, lastError, crashes }: Memory): Memory {
  return { spec, wanted, restarts, lastError, crashes };
}

function unchanged<Process>(state: Supervision<Process>): Transition<Process> {
  return { state, effects: [] };
}
