import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createListener, silentLog } from "./index.ts";
import { createTestDatabase, type TestDatabase } from "./testing/index.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const notify = (channel: string, payload: string) =>
  database.db.pool.query("SELECT pg_notify($1, $2)", [channel, payload]);

test("a notification sent after listening() resolved always arrives", async () => {
  const listener = createListener(database.url, silentLog);
  const heard: string[] = [];
  listener.on("first", (payload) => void heard.push(`first ${payload}`));
  await listener.listening();
  listener.on("second", (payload) => void heard.push(`second ${payload}`));
  await listener.listening();
  await notify("first", "a");
  await notify("second", "b");
  await vi.waitFor(() => expect(heard).toEqual(["first a", "second b"]));
  await listener.close();
});

test("a broken connection comes back, listens again and says that something may have been missed", async () => {
  const listener = createListener(database.url, silentLog);
  const heard: string[] = [];
  const reconnected = vi.fn();
  listener.on("news", (payload) => void heard.push(payload));
  listener.onReconnect(reconnected);
  await listener.listening();
  await database.db.pool.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'graft-listen' AND datname = current_database()",
  );
  await vi.waitFor(() => expect(reconnected).toHaveBeenCalledTimes(1), { timeout: 5000 });
  await notify("news", "after");
  await vi.waitFor(() => expect(heard).toEqual(["after"]));
  await listener.close();
});

test("a handler that throws keeps neither itself nor others from later notifications", async () => {
  const listener = createListener(database.url, silentLog);
  const heard: string[] = [];
  listener.on("risky", () => {
    throw new Error("handler");
  });
  listener.on("risky", (payload) => void heard.push(payload));
  await listener.listening();
  await notify("risky", "1");
  await notify("risky", "2");
  await vi.waitFor(() => expect(heard).toEqual(["1", "2"]));
  await listener.close();
});

test("after close nothing connects again", async () => {
  const listener = createListener(database.url, silentLog);
  await listener.listening();
  await listener.close();
  expect(listener.connected()).toBe(false);
  const { rows } = await database.db.pool.query(
    "SELECT 1 FROM pg_stat_activity WHERE application_name = 'graft-listen' AND datname = current_database()",
  );
  expect(rows).toEqual([]);
});
