import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type HostDb, silentLog } from "../../core/index.ts";
import { assertGoesOn, watchCancellation } from "./cancellation.ts";
import type { Running } from "./running.ts";

// An operation whose host knows nothing of its own database any more, while a module's migration sleeps on another server.

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function begin({ query, isLost }: { query: () => Promise<unknown>; isLost: () => boolean }) {
  const op = {
    ...{ id: "1", cancelled: null, leadLost: false },
    journal: { changes: [{ module: "sleepy" }], removals: [{ module: "leaving" }] },
  } as unknown as Running;
  const interrupt = vi.fn(async (_: string) => {});
  const db = { pool: { query } } as unknown as HostDb;
  const end = watchCancellation({ db, database: { interrupt }, log: silentLog }, op, { isLost });
  return { op, interrupt, end };
}
const nobody = async () => ({ rows: [{ by: null }] });

test("goes on while the lead is held and the database answers, however long that takes", async () => {
  const { op, interrupt, end } = begin({ query: nobody, isLost: () => false });
  await vi.advanceTimersByTimeAsync(120_000);
  end();
  expect(interrupt).not.toHaveBeenCalled();
  expect(() => assertGoesOn(op)).not.toThrow();
});

test("what the modules' owners run is ended as soon as the lead is lost, and again as often as it begins anew", async () => {
  const { op, interrupt, end } = begin({ query: nobody, isLost: () => true });
  await vi.advanceTimersByTimeAsync(1_600);
  end();
  expect(interrupt.mock.calls.flat()).toEqual(Array(3).fill(["sleepy", "leaving"]).flat());
  expect(() => assertGoesOn(op)).toThrow(expect.objectContaining({ code: "DATABASE_UNREACHABLE" }));
});

test.each([
  ["gives no answer", () => new Promise(() => {})],
  ["refuses", async () => Promise.reject(new Error("connect ECONNREFUSED"))],
])("a database that %s is away after ten seconds", async (_, query) => {
  const { op, interrupt, end } = begin({ query, isLost: () => false });
  await vi.advanceTimersByTimeAsync(9_000);
  expect(op.leadLost).toBe(false);
  await vi.advanceTimersByTimeAsync(2_000);
  end();
  expect(op.leadLost).toBe(true);
  expect(interrupt).toHaveBeenCalledWith("sleepy");
});

test("a lead that is lost at the last moment is seen when the watch ends", () => {
  let lost = false;
  const { op, end } = begin({ query: nobody, isLost: () => lost });
  lost = true;
  end();
  expect(op.leadLost).toBe(true);
});
