import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { silentLog } from "../../core/index.ts";
import type { Recovery } from "../operations/recover-operations.ts";
import { createInterruptions, createRecovery } from "./create-recovery.ts";
import { createTurns } from "./turns.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Tells what it does in `did`; what is found is `left`. */
function world(left: () => Recovery = () => ({ found: 1, activate: async () => void did.push("activate") })) {
  did = [];
  const state = { busy: false };
  const interruptions = createInterruptions();
  const recovery = createRecovery({
    log: silentLog,
    turns: createTurns(),
    interruptions,
    busy: () => state.busy,
    async recover() {
      did.push("recover");
      return left();
    },
    reconcile: async () => void did.push("reconcile"),
    release: (module) => void did.push(`release ${module}`),
  });
  return { recovery, interruptions, state };
}
let did: string[];
const operation = {
  journal: {
    changes: [
      { module: "stock", cutover: "held" },
      { module: "notes", cutover: "plain" },
    ],
  },
};
const settle = () => vi.advanceTimersByTimeAsync(0);

test("an interrupted operation is recovered at once, and its requests go on when it is settled", async () => {
  const { interruptions } = world();
  interruptions.report(operation);
  await settle();
  expect(did).toEqual(["recover", "activate", "reconcile", "release stock"]);
});

test("requests go on when another host recovers the operation", async () => {
  const { interruptions } = world(() => null);
  interruptions.report(operation);
  await settle();
  expect(did).toEqual(["recover", "release stock"]);
});

test("a recovery that fails is tried again, with the requests still waiting", async () => {
  let tries = 0;
  const { interruptions } = world(() => {
    if (tries++ === 0) throw new Error("PostgreSQL is away");
    return { found: 0, activate: async () => {} };
  });
  interruptions.report(operation);
  await settle();
  expect(did).toEqual(["recover"]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(did).toEqual(["recover", "recover", "reconcile", "release stock"]);
});

test("nothing is recovered while an operation runs here, and afterwards it is", async () => {
  const { interruptions, state } = world();
  state.busy = true;
  interruptions.report();
  await settle();
  expect(did).toEqual([]);
  state.busy = false;
  await vi.advanceTimersByTimeAsync(2_000);
  expect(did).toEqual(["recover", "activate", "reconcile"]);
});

test("what a host that died has left is looked for every three seconds, until the end", async () => {
  const { recovery } = world(() => ({ found: 0, activate: async () => {} }));
  recovery.start();
  await vi.advanceTimersByTimeAsync(9_000);
  expect(did).toEqual(["recover", "recover", "recover"]);
  recovery.close();
  await vi.advanceTimersByTimeAsync(9_000);
  expect(did).toHaveLength(3);
});

test("what was found at start is settled once processes may be started, and not before", async () => {
  const { recovery } = world();
  await recovery.atStart();
  expect(did).toEqual(["recover"]);
  await recovery.activateFound();
  expect(did).toEqual(["recover", "activate"]);
});
