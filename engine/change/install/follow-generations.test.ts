import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { silentLog } from "../../core/index.ts";
import { followGenerations } from "./follow-generations.ts";
import { createTurns } from "./turns.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** At generation 7; `notify` is what PostgreSQL says. */
function world(reconcile = vi.fn(async () => {})) {
  const heard = new Map<string, (payload: string) => void>();
  let reconnected = () => {};
  const followed = followGenerations({
    log: silentLog,
    listener: {
      on(channel, listener) {
        heard.set(channel, listener);
        return () => void heard.delete(channel);
      },
      onReconnect(listener) {
        reconnected = listener;
        return () => {};
      },
    },
    registry: { generation: () => 7 },
    turns: createTurns(),
    reconcile,
  });
  return {
    followed,
    reconcile,
    notify: (channel: string, payload: string) => heard.get(channel)?.(payload),
    reconnect: () => reconnected(),
  };
}

test("a later generation, other settings and a new connection are followed at once", async () => {
  const { followed, reconcile, notify, reconnect } = world();
  await followed.start();
  expect(reconcile).toHaveBeenCalledTimes(1);
  notify("graft_generation", "8");
  notify("graft_config", "notes");
  reconnect();
  await vi.advanceTimersByTimeAsync(0);
  expect(reconcile).toHaveBeenCalledTimes(4);
});

test("the generation that this host made itself is not followed again", async () => {
  const { followed, reconcile, notify } = world();
  await followed.start();
  notify("graft_generation", "7");
  expect(reconcile).toHaveBeenCalledTimes(1);
});

test("a first attempt that fails does not keep the host from following, told or not", async () => {
  const { followed, reconcile, notify } = world(vi.fn(() => Promise.reject(new Error("away"))));
  await followed.start();
  notify("graft_generation", "8");
  await vi.advanceTimersByTimeAsync(15_000);
  expect(reconcile).toHaveBeenCalledTimes(3);
});

test("after the end nothing is followed", async () => {
  const { followed, reconcile, notify } = world();
  await followed.start();
  followed.close();
  notify("graft_generation", "8");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(reconcile).toHaveBeenCalledTimes(1);
});

test("what waits for its turn at the end starts nothing", async () => {
  const { followed, reconcile, notify } = world();
  await followed.start();
  notify("graft_generation", "8");
  followed.close();
  await vi.advanceTimersByTimeAsync(0);
  expect(reconcile).toHaveBeenCalledTimes(1);
});
